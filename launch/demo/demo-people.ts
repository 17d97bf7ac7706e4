/** The demo community: who they are, what they have earned, whether they linked a Telegram account yet. */
export interface DemoPerson {
  externalId: string;
  name: string;
  language: 'en' | 'ru';
  audiences: string[];
  karma: number;
  linked: boolean;
}

const person = (
  externalId: string,
  name: string,
  language: 'en' | 'ru',
  audiences: string[],
  karma: number,
  linked = true,
): DemoPerson => ({ externalId, name, language, audiences, karma, linked });

export const demoPeople: DemoPerson[] = [
  person('anna', 'Anna', 'en', ['webmasters'], 490),
  person('boris', 'Boris', 'ru', ['webmasters'], 620),
  person('chen', 'Chen', 'en', ['webmasters', 'customers'], 1240),
  person('dora', 'Dora', 'en', ['webmasters'], 505),
  person('emil', 'Emil', 'en', ['customers'], 130),
  person('fatima', 'Fatima', 'en', ['customers'], 95),
  person('gleb', 'Gleb', 'ru', ['customers'], 210),
  person('hana', 'Hana', 'en', ['customers'], 40),
  person('ivan', 'Ivan', 'ru', ['webmasters'], 15, false),
  person('jo', 'Jo', 'en', ['webmasters', 'customers'], 330, false),
  person('kira', 'Kira', 'ru', ['customers'], -20, false),
  person('luis', 'Luis', 'en', ['webmasters'], 0, false),
];

export const demoGroups = [
  {
    title: 'Webmasters Lounge',
    rule: { audiences: ['webmasters'], admitAt: 500, keepAt: 450, graceHours: 72 },
    milestones: [1000, 2000, 5000],
  },
  {
    title: 'Customer Corner',
    rule: { audiences: ['customers'], admitAt: 100, keepAt: 80, graceHours: 24 },
    milestones: [250, 500],
  },
];
