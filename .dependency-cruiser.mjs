/** What each room may import besides itself. docs/architecture.md shows the same table; a test holds the two together. */
export const ROOMS = {
  base: [],
  model: ['base'],
  alerts: ['model', 'base'],
  messages: ['model', 'base'],
  settings: ['model', 'base'],
  azure: ['base'],
  callers: ['base'],
  calendars: ['model', 'base'],
  'partner-center': ['azure', 'model', 'base'],
  storage: ['azure', 'model', 'base'],
  channels: ['azure', 'messages', 'model', 'base'],
  bot: ['azure', 'callers', 'messages', 'model', 'base'],
  watch: ['messages', 'model', 'base'],
  reports: ['messages', 'model', 'base'],
  endpoints: ['messages', 'model', 'base'],
  doctor: ['messages', 'settings', 'model', 'base'],
  poll: ['alerts', 'watch', 'model', 'base'],
};

const everyRoom = Object.keys(ROOMS);

/** The rooms above them: where everything is wired, and what is started. */
export const UPPER = {
  app: everyRoom,
  commands: ['app', 'doctor', 'partner-center', 'reports', 'settings', 'messages', 'model', 'base'],
  functions: ['app', 'endpoints', 'settings', 'base'],
};

/** Rooms that decide or word things: the same input gives the same output, so they reach for nothing outside. */
export const PURE = ['model', 'alerts', 'messages', 'reports', 'settings'];

const folder = room => (room === 'functions' ? '^functions/' : `^src/${room}/`);
const anyOf = rooms => rooms.map(folder).join('|');

export default {
  allowedSeverity: 'error',
  allowed: [
    ...Object.entries({ ...ROOMS, ...UPPER }).map(([room, others]) => ({
      from: { path: folder(room) },
      to: { path: anyOf([room, ...others]) },
    })),
    // Packages and Node's own modules: the rules below say which of them are for one room only.
    { from: { path: anyOf([...everyRoom, ...Object.keys(UPPER)]) }, to: { path: 'node_modules/|^package\\.json$' } },
    { from: { path: anyOf([...everyRoom, ...Object.keys(UPPER)]) }, to: { dependencyTypes: ['core'] } },
    { from: { path: '^(test|tools)/|^[^/]+$' }, to: {} },
  ],
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-loose-files',
      comment: 'every file of src stands in a room',
      severity: 'error',
      from: { path: '^src/[^/]+$' },
      to: {},
    },
    {
      name: 'no-unused-loose-files',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf([...everyRoom, ...Object.keys(UPPER)]), orphan: true },
      to: {},
    },
    {
      name: 'pure-rooms-reach-for-nothing',
      comment: 'hashing is as pure as adding',
      severity: 'error',
      from: { path: anyOf(PURE) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'functions-sdk-only-in-functions',
      severity: 'error',
      from: { pathNot: '^(functions|test)/' },
      to: { path: 'node_modules/@azure/functions/' },
    },
    {
      name: 'azure-sdks-at-the-edge',
      severity: 'error',
      from: { pathNot: '^src/(azure|storage)/|^src/channels/acs-|^(functions|test|tools/azure)/' },
      to: { path: 'node_modules/@azure/(?!functions/)' },
    },
    {
      name: 'bot-framework-only-in-the-bot',
      severity: 'error',
      from: { pathNot: '^(src/bot/|test/)' },
      to: { path: 'node_modules/(@microsoft/teams-ai|botbuilder|botframework)' },
    },
    {
      name: 'sandbox-shares-nothing',
      comment: 'an emulator that shares our parser agrees with our mistakes',
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
