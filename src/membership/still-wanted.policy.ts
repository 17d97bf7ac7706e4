import { isInside, type Presence, type Standing } from './standing.policy';

/**
 * Whether an effect is still to be performed, told from what is true at the moment. The decision asks it to cancel what
 * is no longer wanted, and whoever performs an effect asks it again right before the call.
 */
export function stillWanted(kind: string, standing: Standing, presence: Presence): boolean {
  switch (kind) {
    case 'invite':
      return standing === 'invited' && (presence === 'out' || presence === 'unknown');
    case 'approve':
      return standing === 'invited' && presence === 'requested';
    case 'decline':
      return standing !== 'invited' && presence === 'requested';
    case 'warn':
      return standing === 'at_risk';
    case 'remove':
      return standing === 'leaving' && isInside(presence) && presence !== 'admin';
    default:
      return true;
  }
}
