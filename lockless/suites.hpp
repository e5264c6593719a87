// Protocols as the runner finds them, in the order of protocols().
#pragma once

#include "lockless/kernel.hpp" // last: it includes Relacy

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

} // namespace stalemate::relacy
