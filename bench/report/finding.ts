/** One line of the verdict: a ratio or a figure, the floor it is held against, and what keeps it from being better. */
export interface Finding {
  claim: string;
  figure: string;
  /** Only what the product is held to has one. */
  floor?: { wanted: string; met: boolean };
  bound: string;
}

/** What a measurement came to: the figures behind the findings, row by row, and the findings. */
export interface Results {
  columns: string[];
  rows: string[][];
  findings: Finding[];
  notes: string[];
}

export function atLeast(wanted: number, value: number): NonNullable<Finding['floor']> {
  return { wanted: `≥ ${wanted}`, met: value >= wanted };
}

export function atMost(wanted: number, value: number, unit = ''): NonNullable<Finding['floor']> {
  return { wanted: `≤ ${wanted}${unit}`, met: value <= wanted };
}
