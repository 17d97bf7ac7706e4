import type { Reason } from '../../membership/entitle.policy';
import type { Presence, Standing } from '../../membership/standing.policy';

/** What performing an effect may need to know, read together with the claim. */
export interface EffectContext {
  memberId: number;
  effectId: number;
  groupId: number;
  platform: string;
  kind: string;
  payload: { userId?: string | null; about?: string; karma?: number; text?: string | null };
  progress: { started?: boolean; messageId?: string } | null;
  attempts: number;
  name: string;
  locale: string | null;
  karma: number;
  group: { title: string; chatId: string | null; inviteLink: string | null; pinnedMessageId: string | null };
  standing: Standing;
  presence: Presence;
  presenceAt: Date | null;
  presenceOrder: number;
  reasons: Reason[];
  graceUntil: Date | null;
  contactId: string | null;
  contactUntil: Date | null;
}
