#pragma once

#include "checker/program/program.hpp"

namespace stalemate {

/// Finds for every step of every process where the others must stand for it to be enough to let
/// this process alone move, and enters that into the program: Program::alone.
///
/// A process may move alone if, until it does, no other process can do anything that depends on
/// the ways out of its step (on what they read and write, or on which of them there are); if no
/// claim looks at what they write; and if its step does not end a round, so that nobody is put off
/// for ever. What the others can do is every way through their steps that the facts of the process
/// do not exclude: a lock that it holds stops them.
///
/// Then the verdict on invariants, assertions and deadlocks stays, and so does which alternatives
/// are ever taken; a counterexample need not be a shortest one. Claims about runs are not decided
/// this way: nothing is entered if the program has any.
void find_ample_sets(Program& program);

/// Lets the program pass by states in which one process may move alone, as above, has one way to
/// go, and changes nothing that a claim looks at, so that steps which concern nobody else become
/// part of the one before. Nothing is passed by for ever, since such a step never goes back. What
/// others reach is reached as before; but of a process that is only moved on the way it may be
/// suspected that it is lost, while others go on, though it is not.
void pass_lone_moves(Program& program);

} // namespace stalemate
