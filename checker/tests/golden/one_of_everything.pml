/* one of everything
 *
 *   spin -a -o1 -o2 -o3 MODEL.pml && cc -O2 -DSAFETY -DBFS -DNOREDUCE -o pan pan.c
 *   ./pan
 *
 * visits every state and finds a shortest counterexample. Every option of an `if` is
 * one step: its states are those of the model, and so are its transitions but one, since
 * Spin counts the initial state as one. Where it reports an invariant or an invalid end
 * state, the depth is the length; where a step breaks a claim, it is one less.
 */

/* Claims. pan prints which one is broken by its number: "assertion violated (2==0)". */
#define asserted 1 /* what a step claims */
#define small 2 /* data stays small */
#define no_deadlock 3 /* somebody can always go on */
#define model_error 4 /* no claim: a step leaves a range or breaks a rule of the model */
#define broken(claim) assert(claim == 0)
#define check(claim, holds) assert((holds) || claim == 0)
#define min(a, b) (((a) < (b)) -> (a) : (b))

#define free 0
#define hole 0
#define held_by_writer 1
#define mapped 1
#define held_by_end 2

byte extent_kind = mapped; /* extent.kind: 0..1, hole, mapped */
bool folio_dirty = true; /* folio.dirty */
short data[3] = { 0, 65535 /* -1 */, 2 }; /* data: -1..4 */
byte folio_lock = free; /* folio.lock: 0..2, free, writer, end */

active proctype writer() { /* write */
  byte writer_index = 0; /* writer.index: 0..2 */
s0_take_the_lock: /* write_begin: take the lock */
  if
  :: d_step { folio_lock == free -> folio_lock = held_by_writer }
  fi;
s1_write: /* write_begin: write */
  if
  :: d_step {
       folio_dirty && extent_kind == mapped -> 
       check(asserted, data[writer_index] < 4);
       check(model_error, -1 <= data[writer_index] + 1 && data[writer_index] + 1 <= 4);
       data[writer_index] = data[writer_index] + 1;
       extent_kind = hole
     } /* the extent is mapped */
  :: d_step {
       !(folio_dirty && extent_kind == mapped) -> 
       writer_index = min(writer_index + 1, 2)
     }
  fi;
s2_drop_the_lock: /* write_begin: drop the lock */
  if
  :: d_step { check(model_error, folio_lock == held_by_writer); folio_lock = free }
  fi;
end_finished:
  false
}

active proctype end() { /* daemon */
end_s0_look_for_work: /* daemon: look for work */
  if
  :: d_step {
       folio_dirty && folio_lock == free -> 
       folio_lock = held_by_end;
       folio_dirty = false
     }
  :: d_step { timeout && ((folio_dirty)) -> broken(no_deadlock) } /* has work, waits for ever */
  fi;
s1_unlock: /* daemon: unlock */
  if
  :: d_step { check(model_error, folio_lock == held_by_end); folio_lock = free } -> goto end_s0_look_for_work
  fi;
}

active proctype claims() { /* moves only to break an invariant */
end_watch:
  if
  :: d_step { 3 < data[0] -> broken(small) } /* the first */
  fi
}
