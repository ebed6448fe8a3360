"""The room in one process, under faults drawn from a seed: what may happen, does, and then everybody must agree.

A history is a list of steps; each step carries its own lots, so that a step can be taken out and the others stay what
they were: a history that fails is cut down to the few steps that matter. `history.simulate` runs many.

    village    kinds of entry and programs        pc       one PC: folders, clock, power
    room       the PCs and what is true of them   ledger   what people were told, kept outside of all PCs
    line       networks that lose and change      forgery  what nobody of the room has written
    steps      what may happen: at work, in exchanges, and to the PCs
    checks     what must hold in the end
"""
