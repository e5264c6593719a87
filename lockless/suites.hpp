// Protocols as those who run them find them. Their sources are compiled twice: with primitives that
// Relacy executes, and with primitives that are recorded for the search.
#pragma once

#ifdef STALEMATE_RECORDED
#include "lockless/recording/kernel.hpp"
#else
#include "lockless/kernel.hpp" // last: it includes Relacy
#endif

namespace stalemate::relacy {

Protocol* make_if_seq(void* memory, int variant);
Protocol* make_bio_wait(void* memory, int variant);
Protocol* make_kiocb_ref(void* memory, int variant);
Protocol* make_folio_lock(void* memory, int variant);
Protocol* make_remove_mapping(void* memory, int variant);
Protocol* make_busy_notify(void* memory, int variant);
Protocol* make_dio_wait(void* memory, int variant);
Protocol* make_gup_fast(void* memory, int variant);
Protocol* make_sync_read(void* memory, int variant);

/// In the order of protocols().
inline constexpr Factory factories[] = {make_if_seq,
                                        make_bio_wait,
                                        make_kiocb_ref,
                                        make_folio_lock,
                                        make_remove_mapping,
                                        make_busy_notify,
                                        make_dio_wait,
                                        make_gup_fast,
                                        make_sync_read};

} // namespace stalemate::relacy
