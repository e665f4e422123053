"""Form: conversion of values to text, JSON, pickles and files, and back.

This room imports the rooms `node`, `tree` and `compiled`.
"""
