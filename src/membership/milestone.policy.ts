export interface MilestoneFacts {
  id: number;
  karma: number;
  text: string | null;
}

/**
 * The milestone to celebrate, if any: the highest passed since the member was last looked at, so that a leap over three
 * is one message. Somebody seen for the first time is celebrated for nothing they had before.
 */
export function milestonePassed(
  highestKarma: number | null,
  karma: number,
  milestones: readonly MilestoneFacts[],
): MilestoneFacts | undefined {
  if (highestKarma === null) return undefined;
  return milestones
    .filter((milestone) => milestone.karma > highestKarma && milestone.karma <= karma)
    .reduce<MilestoneFacts | undefined>(
      (best, next) => (best && best.karma > next.karma ? best : next),
      undefined,
    );
}
