const rooms = ['referrals', 'alerts', 'checkpoints', 'channels'];

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'functions-are-the-only-azure-edge',
      severity: 'error',
      from: { pathNot: '^(functions|test)/' },
      to: { path: 'node_modules/@azure/functions/' },
    },
    {
      name: 'src-knows-no-functions',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(functions|test|tools)/' },
    },
    {
      name: 'alerts-are-pure',
      comment: 'the rules import types of other rooms, the clock-free helpers, and nothing that does I/O',
      severity: 'error',
      from: { path: '^src/alerts/' },
      to: { pathNot: '^src/(alerts/|instant\\.ts$)', dependencyTypesNot: ['type-only'] },
    },
    ...rooms.map(room => ({
      name: `${room}-keeps-to-itself`,
      comment: 'rooms share types, never clients; src/poll/poll.ts brings them together',
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: {
        path: `^src/(${rooms.filter(other => other !== room && other !== 'alerts').join('|')})/`,
        dependencyTypesNot: ['type-only'],
      },
    })),
    {
      name: 'bot-framework-only-in-the-bot',
      severity: 'error',
      from: { pathNot: '^(src/bot/|test/)' },
      to: { path: 'node_modules/(@microsoft/teams-ai|botbuilder|botframework)' },
    },
    {
      name: 'sandbox-shares-nothing',
      severity: 'error',
      from: { path: '^test/sandbox/' },
      to: { path: '^(src|functions)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
