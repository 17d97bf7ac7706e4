import type { Group } from './group.entity';
import type { GroupView } from './groups.schema';
import type { Milestone } from './milestone.entity';
import type { Rule } from './rule.entity';

export function presentGroup(group: Group, rule: Rule | undefined, milestones: Milestone[]): GroupView {
  return {
    id: group.id,
    platform: group.platform,
    title: group.title,
    status: group.status,
    trouble: group.trouble,
    rights: group.rights,
    provenAt: group.provenAt?.toISOString() ?? null,
    rule: rule
      ? {
          version: rule.version,
          audiences: rule.audiences,
          admitAt: rule.admitAt,
          keepAt: rule.keepAt,
          graceHours: rule.graceHours,
          admission: rule.admission,
          author: rule.author,
          reason: rule.reason,
          createdAt: rule.createdAt.toISOString(),
        }
      : null,
    milestones: milestones.map(({ karma, text }) => ({ karma, text })),
    createdAt: group.createdAt.toISOString(),
  };
}
