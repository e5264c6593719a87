-- one of everything
--
--   rumur --threads 1 --deadlock-detection off --value-type int32_t -o model.c MODEL.m
--   cc -std=c11 -O2 -mcx16 -o model model.c -lpthread && ./model
--
-- visits every state and finds a shortest counterexample. Every rule is one step: states
-- and rules fired are those of the model.
--
-- Claim asserted: what a step claims
-- Claim small: data stays small
-- Claim no_deadlock: somebody can always go on

const
  free: 0;
  hole: 0;
  held_by_writer: 1;
  mapped: 1;
  held_by_end: 2;

type
  number: -2147483648 .. 2147483647;

var
  extent_kind: 0 .. 1; -- extent.kind: 0..1, hole, mapped
  folio_dirty: boolean; -- folio.dirty
  data: array [0 .. 2] of -1 .. 4; -- data: -1..4
  folio_lock: 0 .. 2; -- folio.lock: 0..2, free, writer, end
  writer_index: 0 .. 2; -- writer.index: 0..2
  writer_at: enum { writer_s0_take_the_lock, writer_s1_write, writer_s2_drop_the_lock, writer_finished };
  end_2_at: enum { end_2_s0_look_for_work, end_2_s1_unlock, end_2_finished };

function min(a: number; b: number): number;
begin
  return a < b ? a : b;
end;

function writer_can_move(): boolean;
begin
  switch writer_at
  case writer_s0_take_the_lock: return folio_lock = free;
  case writer_s1_write: return folio_dirty & extent_kind = mapped | !(folio_dirty & extent_kind = mapped);
  case writer_s2_drop_the_lock: return true;
  case writer_finished: return false;
  end;
  return false;
end;

function writer_is_at_rest(): boolean;
begin
  switch writer_at
  case writer_finished: return true;
  end;
  return false;
end;

function end_2_can_move(): boolean;
begin
  switch end_2_at
  case end_2_s0_look_for_work: return folio_dirty & folio_lock = free;
  case end_2_s1_unlock: return true;
  case end_2_finished: return false;
  end;
  return false;
end;

function end_2_is_at_rest(): boolean;
begin
  switch end_2_at
  case end_2_s0_look_for_work: return !folio_dirty;
  case end_2_finished: return true;
  end;
  return false;
end;

startstate "initial"
begin
  extent_kind := mapped;
  folio_dirty := true;
  data[0] := 0;
  data[1] := (-1);
  data[2] := 2;
  folio_lock := free;
  writer_index := 0;
  writer_at := writer_s0_take_the_lock;
  end_2_at := end_2_s0_look_for_work;
end;

rule "writer: write_begin: take the lock"
  writer_at = writer_s0_take_the_lock & (folio_lock = free)
==>
begin
  folio_lock := held_by_writer;
  writer_at := writer_s1_write;
end;

rule "writer: write_begin: write / the extent is mapped"
  writer_at = writer_s1_write & (folio_dirty & extent_kind = mapped)
==>
begin
  assert data[writer_index] < 4 "asserted";
  data[writer_index] := data[writer_index] + 1;
  extent_kind := hole;
  writer_at := writer_s2_drop_the_lock;
end;

rule "writer: write_begin: write / 2"
  writer_at = writer_s1_write & (!(folio_dirty & extent_kind = mapped))
==>
begin
  writer_index := min(writer_index + 1, 2);
  writer_at := writer_s2_drop_the_lock;
end;

rule "writer: write_begin: drop the lock"
  writer_at = writer_s2_drop_the_lock
==>
begin
  assert folio_lock = held_by_writer "model error: releases a lock that it does not hold";
  folio_lock := free;
  writer_at := writer_finished;
end;

rule "end: daemon: look for work"
  end_2_at = end_2_s0_look_for_work & (folio_dirty & folio_lock = free)
==>
begin
  folio_lock := held_by_end;
  folio_dirty := false;
  end_2_at := end_2_s1_unlock;
end;

rule "end: daemon: unlock"
  end_2_at = end_2_s1_unlock
==>
begin
  assert folio_lock = held_by_end "model error: releases a lock that it does not hold";
  folio_lock := free;
  end_2_at := end_2_s0_look_for_work;
end;

invariant "small: the first"
  data[0] <= 3;

invariant "no_deadlock"
  writer_can_move() | end_2_can_move() | (writer_is_at_rest() & end_2_is_at_rest());
