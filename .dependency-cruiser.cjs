/** Seven floors; every import goes down. Each rule says what it protects. */
const floor = (name, above) => ({
  name: `${name}-imports-down`,
  comment: `Facts flow up, imports go down: ${name} stands below what it would import here.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: `^src/(${above})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle is one module in two files.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    floor('platform', 'jobs|people|karma|rules|membership|chats|console|roles'),
    floor('jobs', 'people|karma|rules|membership|chats|console|roles'),
    floor('(people|karma|rules)', 'membership|chats|console|roles'),
    floor('membership', 'chats|console|roles'),
    floor('(chats|console)', 'roles'),
    {
      name: 'doors-and-chats-apart',
      comment: 'Doors for people and doors to platforms meet in membership, not in each other.',
      severity: 'error',
      from: { path: '^src/console/' },
      to: { path: '^src/chats/' },
    },
    {
      name: 'chats-know-no-console',
      comment: 'A platform must be replaceable without touching the doors for people.',
      severity: 'error',
      from: { path: '^src/chats/' },
      to: { path: '^src/console/' },
    },
    {
      name: 'policies-are-pure',
      comment:
        'A decision takes facts and the time and returns a value: it imports policies and types, no framework.',
      severity: 'error',
      from: { path: '\\.policy\\.ts$' },
      to: { pathNot: '\\.policy\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'telegraf-in-its-place',
      comment: 'Only chats/telegram knows Telegram, so that another platform is another folder.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chats/telegram/' },
      to: { path: 'node_modules/(telegraf|@grammyjs)/' },
    },
    {
      name: 'only-roles-know-a-platform',
      comment: 'Members, groups and effects have no platform; roles put one in its place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(chats/telegram|roles)/' },
      to: { path: '^src/chats/telegram/' },
    },
    {
      name: 'application-stands-alone',
      comment: 'What starts, demonstrates, tests or measures the application is no part of it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(launch|sandbox|test|bench|scripts)/' },
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'The sandbox is a second opinion about Telegram: it shares nothing with what it checks.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|launch|test|bench)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'What the application needs at run time is a dependency.',
      severity: 'error',
      from: { path: '^(src|migrations|launch|sandbox)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
