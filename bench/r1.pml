/* R1, the stale cached iomap, as somebody who knows Spin well would write it, so that Stalemate is
 * not only measured against what it exports itself: see bench/compare.cpp.
 *
 * It is bench/stale-iomap.json: two folios of two segments over delayed allocations, two writers,
 * a store through the mapping, writeback, a completion for each folio, reclaim. A step of those
 * paths is a transition here, and a state is a state; Spin finds exactly as many:
 *
 *   (nothing)            two-writers, 3,824,990 states
 *   #define ONE_WRITER   one-writer, 242,348 states
 *   #define NO_CHECK     no-check, a write is lost in the 16th step
 *
 * Not stored is what follows from the rest: who holds a lock, what is pending of a folio, dirty
 * bits of blocks, invalidate_lock, whether an ioend is built, written or converted. Claims are
 * asserted where they could break, not in every state, and there are fewer of them: reads see what
 * was written last, a lock that is dropped is held, nobody waits for ever. */

/* Claims, by number. */
#define no_lost_write 1 /* a read sees what was written last */
#define no_deadlock   2 /* somebody can always go on, unless all have ended or rest */
#define model_error   3
#define check(claim, holds) assert((holds) || claim == 0)

/* What a segment holds. */
#define zeroes     0
#define garbage    1
#define old        2
#define by_writer0 3
#define by_writer1 4
#define by_mmap    5

/* An extent; 0 is what a mapping says before it is looked up. */
#define delalloc  1
#define unwritten 2
#define mapped    3

/* A page table entry. */
#define none      0
#define read_only 1
#define writable  2

/* No arrays: bits of arrays take a byte each. A name ends in the folio, then the segment. */
bit rwsem, lock0, lock1, writeback0, writeback1, submitted0, submitted1, converts0, converts1;
bit present0 = 1, present1 = 1, dirty0 = 1, dirty1 = 1, uptodate0 = 1, uptodate1 = 1, ref1;
unsigned extent0 : 2 = delalloc;
unsigned extent1 : 2 = delalloc;
unsigned pte1 : 2 = none;
unsigned seq : 3;
unsigned data00 : 3 = old;
unsigned data01 : 3 = old;
unsigned data10 : 3 = zeroes;
unsigned data11 : 3 = old;
unsigned disk00 : 3 = garbage;
unsigned disk01 : 3 = garbage;
unsigned disk10 : 3 = garbage;
unsigned disk11 : 3 = garbage;
unsigned written00 : 3 = old;
unsigned written01 : 3 = old;
unsigned written10 : 3 = zeroes;
unsigned written11 : 3 = old;

#define seen(f, s) \
  (present##f && uptodate##f -> data##f##s : (extent##f == mapped -> disk##f##s : zeroes))
#define reads_are_true(f) \
  check(no_lost_write, lock##f || (seen(f, 0) == written##f##0 && seen(f, 1) == written##f##1))

/* Spin does not go from a label, or a goto, to a d_step that stands alone. */
#define step(it) if :: d_step { it } fi

#define unlock(f) check(model_error, lock##f); lock##f = 0; reads_are_true(f)
#define read_disk(f) data##f##0 = disk##f##0; data##f##1 = disk##f##1; uptodate##f = 1

/* One writer: what it copies to either folio; the folio that it writes only in part, and the
 * segment that it leaves there. `both` says that the mapping reaches to the end of the file. */
#define WRITER(copy0, copy1, partial, rest) \
  bit at1, both; \
  unsigned type : 2; \
  unsigned cookie : 3; \
  step(!rwsem -> rwsem = 1); \
look_up: \
  if \
  :: d_step { at1 -> type = extent1; both = 1; SAMPLE } \
  :: d_step { !at1 -> type = extent0; both = (extent0 == extent1); SAMPLE } \
  fi; \
get_folio: \
  if \
  :: d_step { !at1 && !lock0 -> lock0 = 1; present0 = 1 } \
  :: d_step { at1 && !lock1 -> lock1 = 1; present1 = 1 } \
  fi; \
  CHECK \
fill: \
  if \
  :: d_step { at1 == partial && !uptodate##partial && type != mapped -> \
       data##partial##rest = zeroes; uptodate##partial = 1 } \
  :: d_step { at1 == partial && !uptodate##partial && type == mapped -> read_disk(partial) } \
  :: at1 != partial || uptodate##partial \
  fi; \
  if \
  :: d_step { at1 -> copy1 } \
  :: d_step { !at1 -> copy0 } \
  fi; \
  if \
  :: d_step { at1 -> uptodate1 = 1; dirty1 = 1 } \
  :: d_step { !at1 -> uptodate0 = 1; dirty0 = 1 } \
  fi; \
  if \
  :: d_step { at1 -> unlock(1) } \
  :: d_step { !at1 && both -> unlock(0); at1 = 1 } -> goto get_folio \
  :: d_step { !at1 && !both -> unlock(0); at1 = 1 } -> goto look_up \
  fi; \
  step(check(model_error, rwsem); rwsem = 0); \
end: \
  false

#ifdef NO_CHECK
#define SAMPLE skip
#define CHECK
#else
#define SAMPLE cookie = seq
#define CHECK \
  if \
  :: cookie == seq \
  :: cookie != seq -> \
     if \
     :: d_step { at1 -> unlock(1) } -> goto look_up \
     :: d_step { !at1 -> unlock(0) } -> goto look_up \
     fi \
  fi;
#endif

#define put(f, s, by) data##f##s = by; written##f##s = by

active proctype writer0() { /* segments 0 to 2 */
  WRITER(put(0, 0, by_writer0); put(0, 1, by_writer0), put(1, 0, by_writer0), 1, 1)
}

#ifndef ONE_WRITER
active proctype writer1() { /* segments 1 to 3 */
  WRITER(put(0, 1, by_writer1), put(1, 0, by_writer1); put(1, 1, by_writer1), 0, 0)
}
#endif

active proctype mmap_write() { /* segment 3 */
fault:
  if
  :: d_step { present1 && uptodate1 && !lock1 -> lock1 = 1 } -> goto found
  :: !(present1 && uptodate1) /* takes invalidate_lock */
  fi;
  step(!lock1 -> lock1 = 1; present1 = 1);
  if
  :: uptodate1
  :: d_step { !uptodate1 && extent1 == mapped -> read_disk(1) }
  :: d_step { !uptodate1 && extent1 != mapped -> data10 = zeroes; data11 = zeroes; uptodate1 = 1 }
  fi;
  skip; /* drops invalidate_lock */
found:
  step(ref1 = 1; unlock(1));
  skip; /* takes invalidate_lock */
  step(!lock1 -> lock1 = 1);
  dirty1 = 1;
  skip; /* drops invalidate_lock */
  step(pte1 = writable; ref1 = 0; unlock(1));
  if
  :: d_step { pte1 == writable -> put(1, 1, by_mmap); reads_are_true(1) }
  :: pte1 != writable -> goto fault
  fi;
end:
  false
}

#define lock_dirty(f) dirty##f && !writeback##f && !lock##f -> lock##f = 1; at1 = f
#define start(f) dirty##f = 0; writeback##f = 1
#define map(f, other) \
  converts##f = (extent##f != mapped); \
  if \
  :: extent##f == delalloc -> \
     if \
     :: extent##other == delalloc -> extent##other = unwritten \
     :: else \
     fi; \
     extent##f = unwritten; \
     seq++ \
  :: else \
  fi

active proctype flusher() {
  bit at1;
end:
  if
  :: d_step { lock_dirty(0) }
  :: d_step { lock_dirty(1) }
  fi;
  if
  :: d_step { at1 -> start(1); pte1 = (pte1 == writable -> read_only : pte1) }
  :: d_step { !at1 -> start(0) }
  fi;
  if
  :: d_step { at1 -> map(1, 0) }
  :: d_step { !at1 -> map(0, 1) }
  fi;
  if
  :: d_step { at1 -> unlock(1) }
  :: d_step { !at1 -> unlock(0) }
  fi;
  if
  :: d_step { at1 -> submitted1 = 1 } -> goto end
  :: d_step { !at1 -> submitted0 = 1 } -> goto end
  fi
}

#define IOEND(f) \
end: \
  if \
  :: d_step { submitted##f && converts##f -> write_disk(f) } \
  :: d_step { submitted##f && !converts##f -> write_disk(f) } -> goto done \
  fi; \
  step(extent##f = mapped; seq++; reads_are_true(f)); \
done: \
  if \
  :: d_step { check(model_error, extent##f == mapped); writeback##f = 0 } -> goto end \
  fi
#define write_disk(f) \
  submitted##f = 0; disk##f##0 = data##f##0; disk##f##1 = data##f##1; reads_are_true(f)

active proctype ioend0() { IOEND(0) }
active proctype ioend1() { IOEND(1) }

#define drop(f) present##f = 0; uptodate##f = 0; data##f##0 = garbage; data##f##1 = garbage

active proctype kswapd() {
end:
  do
  :: d_step { present0 && !lock0 && !dirty0 && !writeback0 -> drop(0); reads_are_true(0) }
  :: d_step { present1 && !lock1 && !dirty1 && !writeback1 && !ref1 ->
       pte1 = none; drop(1); reads_are_true(1) }
  od
}
