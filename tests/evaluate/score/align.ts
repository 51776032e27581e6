export interface Alignment {
  /** Substitutions, deletions and insertions of a cheapest alignment. */
  readonly errors: number;
  /** Units of the reference's end that nothing was heard of; of equally cheap alignments the one that loses most counts. */
  readonly trailingDeletions: number;
}

/** Levenshtein alignment of what was heard with what was said. Time n·m, memory m. */
export function align(reference: readonly string[], heard: readonly string[]): Alignment {
  const columns = heard.length + 1;
  // For each prefix of `heard`: errors of the best alignment with the reference so far, and the deletions it ends in.
  let errors = Uint32Array.from({ length: columns }, (_, column) => column);
  let deletions = new Uint32Array(columns);
  let nextErrors = new Uint32Array(columns);
  let nextDeletions = new Uint32Array(columns);
  for (const unit of reference) {
    for (let column = 0; column < columns; column++) {
      let bestErrors = (errors[column] ?? 0) + 1;
      let bestDeletions = (deletions[column] ?? 0) + 1;
      if (column > 0) {
        const paired = (errors[column - 1] ?? 0) + (heard[column - 1] === unit ? 0 : 1);
        const inserted = (nextErrors[column - 1] ?? 0) + 1;
        const other = Math.min(paired, inserted);
        if (other < bestErrors) {
          bestErrors = other;
          bestDeletions = 0;
        }
      }
      nextErrors[column] = bestErrors;
      nextDeletions[column] = bestDeletions;
    }
    [errors, nextErrors] = [nextErrors, errors];
    [deletions, nextDeletions] = [nextDeletions, deletions];
  }
  return { errors: errors[columns - 1] ?? 0, trailingDeletions: deletions[columns - 1] ?? 0 };
}
