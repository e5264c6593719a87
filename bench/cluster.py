#!/usr/bin/env python3
"""How fast ranks on many machines would search: an estimate by a formula, and the same by playing
every round, in which the slowest rank and the fullest link decide.

    cluster.py            the table of docs/scale.md
    cluster.py --check    fails where the two are apart by more than a fifth

Nobody has measured this: it is what one machine and the sizes of messages let expect.
"""
import argparse
import math
import random

# Of one rank, by bench_ranks; of the network, usual values.
RATE = 1.0e6        # states expanded per second
TRANSITIONS = 4.0   # per state
SPREAD = 0.5        # of the time that a state takes, next to its mean
STATE = 16          # bytes
BLOCK = 8192        # states of a rank per round
RANKS_HERE = 16     # ranks of a machine, which share its link
MEETINGS = 5        # steps in a round that all take together
LATENCY = 30e-6     # seconds, for each doubling of the ranks
LEVELS = 100


def bytes_per_state(machines):
    """What crosses a link: each target, the answer of two bits, and each new state once more."""
    return (TRANSITIONS * (STATE + 0.25) + STATE) * (1 - 1 / machines)


def meeting(ranks):
    return LATENCY * math.ceil(math.log2(ranks))


def estimated(states, machines, gigabits):
    """Seconds: expanding, sending, and meeting."""
    ranks = machines * RANKS_HERE
    rounds = states / (ranks * BLOCK) + LEVELS
    expanding = states / (ranks * RATE)
    sending = states * bytes_per_state(machines) * 8 / (machines * gigabits * 1e9)
    return expanding + sending + rounds * MEETINGS * meeting(ranks)


def level_sizes(states):
    """Few states at first and at last, most of them in the middle."""
    weights = [math.exp(-(((i + 0.5) / LEVELS - 0.5) / 0.2) ** 2 / 2) for i in range(LEVELS)]
    return [max(1, round(states * weight / sum(weights))) for weight in weights]


def played(states, machines, gigabits, dice):
    """Seconds, round by round."""
    ranks = machines * RANKS_HERE
    time = 0.0
    for level in level_sizes(states):
        block = min(BLOCK, math.ceil(level / ranks))
        while level > 0:
            busy = min(ranks, math.ceil(level / block))
            level -= busy * block
            slowest = max(dice.gauss(block, SPREAD * math.sqrt(block)) for _ in range(busy))
            time += max(slowest, block) / RATE
            # What a machine gets depends on hashes: so many targets, more or less.
            targets = busy * block * TRANSITIONS / machines
            fullest = max(dice.gauss(targets, math.sqrt(targets)) for _ in range(machines))
            share = max(fullest, targets) / TRANSITIONS
            time += share * bytes_per_state(machines) * 8 / (gigabits * 1e9)
            time += MEETINGS * meeting(ranks)
    return time


def rows(states):
    dice = random.Random(1)
    for machines in (16, 32, 64, 128, 256):
        for gigabits in (10, 100):
            yield (machines, gigabits, estimated(states, machines, gigabits),
                   played(states, machines, gigabits, dice))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--states", type=float, default=1e10)
    arguments = parser.parse_args()
    if arguments.check:
        for states in (1e9, 3e9):
            for machines, gigabits, formula, game in rows(states):
                if not 0.8 < formula / game < 1.25:
                    raise SystemExit(f"{states:.0e} states, {machines} machines, {gigabits} Gbit/s: "
                                     f"{formula:.1f} s by the formula, {game:.1f} s played")
        return
    print("| machines | network | by the formula | played | M states/s | of 16 machines' worth |")
    print("|---:|---:|---:|---:|---:|---:|")
    first = {}
    for machines, gigabits, formula, game in rows(arguments.states):
        rate = arguments.states / game
        first.setdefault(gigabits, rate / machines)
        print(f"| {machines} | {gigabits} Gbit/s | {formula:.0f} s | {game:.0f} s | {rate / 1e6:.0f} "
              f"| {rate / machines / first[gigabits]:.0%} |")


if __name__ == "__main__":
    main()
