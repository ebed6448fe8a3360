"""The ground every other room stands on: errors, clock, ids, paths, words. Imports nothing of ours."""
