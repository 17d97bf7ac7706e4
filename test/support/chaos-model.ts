import type { TestGroup, TestMember } from './community';
import type { ChatView } from './telegram-side';

export interface ChaosRule {
  audiences: string[];
  admitAt: number;
  keepAt?: number;
  graceHours: number;
}

export interface ChaosMember extends TestMember {
  audiences: string[];
  linked: boolean;
}

export interface SentEvent {
  id: string;
  member: string;
  delta: number;
}

/** What must be true in the end, kept by one thread in plain variables while the storm goes on. */
export class ChaosModel {
  readonly karma = new Map<string, number>();
  readonly members: ChaosMember[];
  readonly sent: SentEvent[] = [];
  readonly reversed = new Set<string>();
  /** Who was banned by a human, and not let off: `userId chatId`. */
  readonly banned = new Set<string>();
  accepted = 0;

  constructor(
    crowd: readonly TestMember[],
    readonly groups: readonly TestGroup[],
    readonly rules: ChaosRule[],
  ) {
    const audiences = (index: number) => (index < 15 ? ['a'] : index < 30 ? ['b'] : []);
    this.members = crowd.map((member, index) => ({ ...member, audiences: audiences(index), linked: true }));
    for (const { externalId } of crowd) this.karma.set(externalId, 0);
  }

  count({ member, delta }: SentEvent): void {
    this.accepted += 1;
    this.karma.set(member, this.karma.get(member)! + delta);
  }

  /** A sentence for each member and group that is not as it should be. */
  contradictions(chats: Map<number, ChatView>, standings: Map<string, string>): string[] {
    return this.groups.flatMap((group, index) => {
      const chat = chats.get(group.chatId)!;
      const waiting = chat.requests.map(
        ({ userId }) => `${userId} is still waiting at the door of ${group.title}`,
      );
      const wrong = this.members.flatMap((member) => {
        const status = chat.members.find(({ userId }) => userId === member.userId)?.status ?? 'left';
        const standing = standings.get(`${member.externalId} ${group.id}`) ?? 'none';
        const problem = this.problem(member, this.rules[index]!, status, standing, group.chatId);
        const karma = this.karma.get(member.externalId);
        return problem ? [`${member.externalId} (karma ${karma}) in ${group.title}: ${problem}`] : [];
      });
      return [...waiting, ...wrong];
    });
  }

  private problem(
    member: ChaosMember,
    rule: ChaosRule,
    status: string,
    standing: string,
    chatId: number,
  ): string | undefined {
    const say = `is ${status}, stands as ${standing}`;
    if (this.banned.has(`${member.userId} ${chatId}`)) {
      return status === 'kicked' && standing === 'barred' ? undefined : `${say}, though a human banned them`;
    }
    if (status === 'kicked') return `${say}, though no human banned them`;
    if (status === 'administrator')
      return standing === 'exempt' ? undefined : `${say}, though they look after it`;
    const inside = status === 'member';
    const entitled = this.isEntitled(member, rule, inside);
    const allowed = inside ? (entitled ? ['in'] : []) : entitled ? ['invited', 'left'] : ['none', 'left'];
    return allowed.includes(standing) ? undefined : `${say}, and is ${entitled ? '' : 'not '}entitled`;
  }

  private isEntitled(
    { externalId, audiences, linked }: ChaosMember,
    rule: ChaosRule,
    inside: boolean,
  ): boolean {
    const belongs = rule.audiences.length === 0 || rule.audiences.some((one) => audiences.includes(one));
    const needed = inside ? (rule.keepAt ?? rule.admitAt) : rule.admitAt;
    return linked && belongs && this.karma.get(externalId)! >= needed;
  }
}
