// What main.bicepparam asks before anything is created. Each `…Fault` is a sentence, or nothing when all is well.

var digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
var hexDigits = concat(digits, ['a', 'b', 'c', 'd', 'e', 'f'])
var nameSigns = concat(hexDigits, ['g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '-'])
var placeholder = '00000000-0000-0000-0000-000000000000'
var namedChannels = ['TEAMS_WEBHOOK_URL_', 'EMAIL_TO_']

func isMadeOf(text string, signs string[]) bool =>
  !empty(text) && empty(filter(range(0, length(text)), at => !contains(signs, substring(text, at, 1))))

@export()
@description('True, false or nothing, in whatever case.')
func isSwitch(text string) bool => contains(['', 'true', 'false'], toLower(text))

@export()
func isWhole(text string, least int, most int) bool =>
  isMadeOf(text, digits) && length(text) < 8 ? int(text) >= least && int(text) <= most : false

func isGuid(text string) bool =>
  length(text) == 36 && join(map(split(text, '-'), part => string(length(part))), '-') == '8-4-4-4-12' && isMadeOf(replace(toLower(text), '-', ''), hexDigits)

@export()
func idFault(name string, value string) string =>
  empty(value)
    ? '${name} is missing: azd env set ${name} GUID.'
    : value == placeholder ? '${name} is only a placeholder: put in the GUID itself.' : guidFault(name, value)

@export()
@description('For an id that may be left out.')
func guidFault(name string, value string) string =>
  empty(value) || isGuid(value) ? '' : '${name} must be a GUID, such as 1b6f2c3d-94a7-4a0b-b3e5-8d7c6f5e4a32, without braces.'

func isMail(address string) bool =>
  length(split(address, '@')) == 2 && !startsWith(address, '@') && !endsWith(address, '@') && empty(filter([' ', ';', '<', '>', ':'], sign => contains(address, sign)))

@export()
func mailFault(name string, addresses string[]) string =>
  empty(filter(addresses, address => !isMail(address))) ? '' : '${name} must be plain email addresses, separated by commas.'

@export()
@description('A name in the vault, or a mail domain: never its address.')
func nameFault(name string, value string, more string[], such string) string =>
  empty(value) || isMadeOf(toLower(value), concat(nameSigns, more)) ? '' : '${name} must be the name alone, such as ${such}.'

func isOctets(parts string[]) bool => length(parts) == 4 && empty(filter(parts, part => !isWhole(part, 0, 255)))

func isPrivateIp(parts string[]) bool =>
  contains(['10', '127'], parts[0]) || (parts[0] == '192' && parts[1] == '168') || (parts[0] == '169' && parts[1] == '254') || (parts[0] == '172' && isWhole(parts[1], 16, 31))

@export()
@description('An address of IPv4 as the internet sees it, or a range of them; the vault takes no other.')
func ipFault(name string, value string) string =>
  empty(value)
    ? ''
    : isOctets(split(split(value, '/')[0], '.')) && (!contains(value, '/') || isWhole(skip(value, indexOf(value, '/') + 1), 8, 32))
        ? isPrivateIp(split(value, '.')) ? '${name} is a private address: take the one that the internet sees.' : ''
        : '${name} must be an IPv4 address, such as 203.0.113.7.'

@description('The setting that a channel of the rules stands for: teams:big-deals is TEAMS_WEBHOOK_URL_BIG_DEALS. Nothing for an unknown word.')
func settingOf(channel string) string =>
  startsWith(channel, 'teams:')
    ? 'TEAMS_WEBHOOK_URL_${asWritten(skip(channel, 6))}'
    : startsWith(channel, 'email:')
        ? 'EMAIL_TO_${asWritten(skip(channel, 6))}'
        : startsWith(channel, 'bot:')
            ? 'BOT_APP_ID'
            : { teams: 'TEAMS_WEBHOOK_URL', email: 'EMAIL_TO', bot: 'BOT_APP_ID' }[?channel] ?? ''

@description('The setting of somebody on call.')
func onCallSettingOf(channel string) string =>
  { 'oncall-teams': 'ONCALL_TEAMS_WEBHOOK_URL', 'oncall-email': 'ONCALL_EMAIL_TO', pager: 'ONCALL_PAGER_KEY' }[?channel] ?? ''

func isNamedChannel(name string) bool =>
  !empty(filter(namedChannels, start => startsWith(name, start) && length(name) > length(start))) && toUpper(name) == name && empty(filter([' ', '-', '.', ':', '/', ';', '='], sign => contains(name, sign)))

func asWritten(name string) string => toUpper(replace(name, '-', '_'))

@export()
@description('SETTINGS_IN_VAULT names settings, secret or not, and channels of their own name.')
func nameInVaultFault(name string, secret string[], plain string[], never string[]) string =>
  contains(never, name)
    ? 'SETTINGS_IN_VAULT names ${name}, which cannot come from the vault.'
    : contains(secret, name) || contains(plain, name) || isNamedChannel(name)
        ? ''
        : contains(secret, asWritten(name)) || contains(plain, asWritten(name)) || isNamedChannel(asWritten(name))
            ? 'SETTINGS_IN_VAULT names "${name}", which is no setting: write ${asWritten(name)}.'
            : 'SETTINGS_IN_VAULT names "${name}", which is no setting. The secrets are ${join(secret, ', ')}; channels of their own are TEAMS_WEBHOOK_URL_NAME and EMAIL_TO_NAME.'

func words(value string[]) string[] => map(value, word => toLower(trim(word)))

func channelFault(rule string, channel string, setting string, given string[], bot bool) string =>
  empty(setting)
    ? 'infra/routes.json: rule "${rule}" names ${channel}, which is no channel there.'
    : contains(given, setting) || (bot && setting == 'BOT_APP_ID') ? '' : 'infra/routes.json: rule "${rule}" names ${channel}, which nobody sets: ${setting} is missing.'

func routeFaults(rule object, given string[], bot bool) string[] =>
  concat(
    map(words(array(rule.?channels ?? [])), channel => channelFault(rule.?name ?? '', channel, settingOf(channel), given, bot)),
    map(words(array(rule.?onCall ?? [])), channel => channelFault(rule.?name ?? '', channel, onCallSettingOf(channel), given, bot))
  )

@export()
@description('Channels that only the rules name.')
func channelFaults(rules object[], given string[], bot bool) string[] => flatten(map(rules, rule => routeFaults(rule, given, bot)))

// ---- How long a schedule rests

func numbers(below int) string[] => map(range(0, below), number => string(number))

func isReadable(field string, below int) bool =>
  field == '*' || (startsWith(field, '*/') && contains(numbers(below), skip(field, 2)) && field != '*/0') || empty(filter(split(field, ','), item => !contains(numbers(below), item)))

func momentsOf(field string, below int) int[] =>
  field == '*'
    ? range(0, below)
    : startsWith(field, '*/')
        ? filter(range(0, below), moment => moment % int(skip(field, 2)) == 0)
        : sort(map(split(field, ','), item => int(item)), (a, b) => a < b)

func minutesOfDay(minute string, hour string) int[] =>
  flatten(map(momentsOf(hour, 24), h => map(momentsOf(minute, 60), m => h * 60 + m)))

func widestGap(moments int[]) int =>
  max(map(range(0, length(moments)), at => at + 1 < length(moments) ? moments[at + 1] - moments[at] : moments[0] + 1440 - moments[at]))

func pauseOf(fields string[]) int =>
  length(fields) == 6 && isReadable(fields[1], 60) && isReadable(fields[2], 24) && join(skip(fields, 3), ' ') == '* * *'
    ? widestGap(minutesOfDay(fields[1], fields[2]))
    : 0

@export()
@description('Minutes between two polls, at most; 0 where that cannot be read off: ranges, days, months, weekdays.')
func longestPause(schedule string) int => pauseOf(filter(split(schedule, ' '), field => !empty(field)))
