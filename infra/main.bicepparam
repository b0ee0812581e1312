using './main.bicep'
import { channelFaults, guidFault, idFault, ipFault, isSwitch, isWhole, longestPause, mailFault, nameFault, nameInVaultFault } from 'refusals.bicep'

// Everything comes from the environment: azd fills it from `azd env set NAME value`, a pipeline from its variables.
// A name set to nothing counts as not set. What cannot work is refused below, by its name, before anything is created.

// ---- Settings of the app: a line for each, here and nowhere else. What nobody gave is not set, and the app's own default holds.

var plain = {
  POLL_SCHEDULE: readEnvironmentVariable('POLL_SCHEDULE', '')
  REFERRALS_API_URL: readEnvironmentVariable('REFERRALS_API_URL', '')
  REFERRALS_FILTER: readEnvironmentVariable('REFERRALS_FILTER', '')
  REFERRAL_WINDOW_DAYS: readEnvironmentVariable('REFERRAL_WINDOW_DAYS', '')
  REFERRAL_LINK_TEMPLATE: readEnvironmentVariable('REFERRAL_LINK_TEMPLATE', '')
  PARTNER_TENANT_ID: readEnvironmentVariable('PARTNER_TENANT_ID', '')
  PARTNER_CLIENT_ID: readEnvironmentVariable('PARTNER_CLIENT_ID', '')
  PARTNER_CLIENT_CERTIFICATE_URL: readEnvironmentVariable('PARTNER_CLIENT_CERTIFICATE_URL', '')
  PARTNER_CLIENT_SECRET_EXPIRES_ON: readEnvironmentVariable('PARTNER_CLIENT_SECRET_EXPIRES_ON', '')
  PARTNER_AUTHORITY_URL: readEnvironmentVariable('PARTNER_AUTHORITY_URL', '')
  PARTNER_SCOPE: readEnvironmentVariable('PARTNER_SCOPE', '')
  BOT_APP_ID: readEnvironmentVariable('BOT_APP_ID', '')
  BOT_TENANT_ID: readEnvironmentVariable('BOT_TENANT_ID', '')
  BOT_APP_TYPE: readEnvironmentVariable('BOT_APP_TYPE', '')
  BOT_OPENID_METADATA_URL: readEnvironmentVariable('BOT_OPENID_METADATA_URL', '')
  BOT_TOKEN_ISSUER: readEnvironmentVariable('BOT_TOKEN_ISSUER', '')
  BOT_TOKEN_SCOPE: readEnvironmentVariable('BOT_TOKEN_SCOPE', '')
  BOT_SERVICE_HOSTS: readEnvironmentVariable('BOT_SERVICE_HOSTS', '')
  BOT_ADMINS: readEnvironmentVariable('BOT_ADMINS', '')
  CLAIM_EXPIRES_AFTER: readEnvironmentVariable('CLAIM_EXPIRES_AFTER', '')
  EMAIL_TO: readEnvironmentVariable('EMAIL_TO', '')
  EMAIL_FROM: readEnvironmentVariable('EMAIL_FROM', '')
  ACS_ENDPOINT: readEnvironmentVariable('ACS_ENDPOINT', '')
  ESCALATION_STEPS: readEnvironmentVariable('ESCALATION_STEPS', '')
  ONCALL_EMAIL_TO: readEnvironmentVariable('ONCALL_EMAIL_TO', '')
  ONCALL_PAGER_URL: readEnvironmentVariable('ONCALL_PAGER_URL', '')
  OPERATOR_EMAIL_TO: readEnvironmentVariable('OPERATOR_EMAIL_TO', '')
  SUMMARY_AT: readEnvironmentVariable('SUMMARY_AT', '')
  REPORT_AT: readEnvironmentVariable('REPORT_AT', '')
  REPORT_EMAIL_TO: readEnvironmentVariable('REPORT_EMAIL_TO', '')
  DIGEST_ABOVE: readEnvironmentVariable('DIGEST_ABOVE', '')
  ALERT_TIME_ZONE: readEnvironmentVariable('ALERT_TIME_ZONE', '')
  ALERT_LANGUAGE: readEnvironmentVariable('ALERT_LANGUAGE', '')
  DETAIL_AUTH: readEnvironmentVariable('DETAIL_AUTH', '')
  ENTRA_TENANT_ID: readEnvironmentVariable('ENTRA_TENANT_ID', '')
  ENTRA_AUDIENCE: readEnvironmentVariable('ENTRA_AUDIENCE', '')
  ENTRA_ROLE: readEnvironmentVariable('ENTRA_ROLE', '')
  ENTRA_AUTHORITY_URL: readEnvironmentVariable('ENTRA_AUTHORITY_URL', '')
  CHECKPOINT_RETENTION_DAYS: readEnvironmentVariable('CHECKPOINT_RETENTION_DAYS', '')
  WORKING_HOURS: readEnvironmentVariable('WORKING_HOURS', '')
  HOLIDAYS: readEnvironmentVariable('HOLIDAYS', '')
}

// Settings that open something. Their values lie in the vault and SETTINGS_IN_VAULT names them: here they are only looked at, to be refused.
var secret = {
  PARTNER_CLIENT_SECRET: readEnvironmentVariable('PARTNER_CLIENT_SECRET', '')
  TEAMS_WEBHOOK_URL: readEnvironmentVariable('TEAMS_WEBHOOK_URL', '')
  BOT_APP_PASSWORD: readEnvironmentVariable('BOT_APP_PASSWORD', '')
  SMTP_URL: readEnvironmentVariable('SMTP_URL', '')
  ONCALL_TEAMS_WEBHOOK_URL: readEnvironmentVariable('ONCALL_TEAMS_WEBHOOK_URL', '')
  ONCALL_PAGER_KEY: readEnvironmentVariable('ONCALL_PAGER_KEY', '')
  OPERATOR_TEAMS_WEBHOOK_URL: readEnvironmentVariable('OPERATOR_TEAMS_WEBHOOK_URL', '')
  HOLIDAYS_CALENDAR_URL: readEnvironmentVariable('HOLIDAYS_CALENDAR_URL', '')
  ONCALL_CALENDAR_URL: readEnvironmentVariable('ONCALL_CALENDAR_URL', '')
  HEARTBEAT_URL: readEnvironmentVariable('HEARTBEAT_URL', '')
  REPORT_TEAMS_WEBHOOK_URL: readEnvironmentVariable('REPORT_TEAMS_WEBHOOK_URL', '')
}

// ---- Names of the template's own

var own = mapValues(
  {
    AZURE_ENV_NAME: readEnvironmentVariable('AZURE_ENV_NAME', '')
    AZURE_LOCATION: readEnvironmentVariable('AZURE_LOCATION', '')
    AZURE_PRINCIPAL_ID: readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
    AZURE_PRINCIPAL_TYPE: readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', '')
    SETTINGS_IN_VAULT: readEnvironmentVariable('SETTINGS_IN_VAULT', '')
    ALERT_ROUTES: readEnvironmentVariable('ALERT_ROUTES', '')
    EMAIL_CARRIER: readEnvironmentVariable('EMAIL_CARRIER', '')
    EMAIL_DOMAIN: readEnvironmentVariable('EMAIL_DOMAIN', '')
    EMAIL_DOMAIN_VERIFIED: readEnvironmentVariable('EMAIL_DOMAIN_VERIFIED', '')
    EMAIL_DATA_LOCATION: readEnvironmentVariable('EMAIL_DATA_LOCATION', '')
    BOT: readEnvironmentVariable('BOT', '')
    EASY_AUTH_CLIENT_ID: readEnvironmentVariable('EASY_AUTH_CLIENT_ID', '')
    PARTNER_CERTIFICATE_NAME: readEnvironmentVariable('PARTNER_CERTIFICATE_NAME', '')
    PRIVATE_NETWORKING: readEnvironmentVariable('PRIVATE_NETWORKING', '')
    OPERATOR_IP_ADDRESS: readEnvironmentVariable('OPERATOR_IP_ADDRESS', '')
    RUNBOOK_URL: readEnvironmentVariable('RUNBOOK_URL', '')
    ALARM_EMAIL_TO: readEnvironmentVariable('ALARM_EMAIL_TO', '')
    SILENCE_MINUTES: readEnvironmentVariable('SILENCE_MINUTES', '')
    INSTANCE_MEMORY_MB: readEnvironmentVariable('INSTANCE_MEMORY_MB', '')
    LOG_RETENTION_DAYS: readEnvironmentVariable('LOG_RETENTION_DAYS', '')
  },
  text => trim(text)
)
var routes = loadJsonContent('routes.json')

// ---- What follows from them

var values = mapValues(toObject(filter(items(plain), one => !empty(trim(one.value))), one => one.key, one => one.value), text => trim(text))
var inVault = union([], filter(map(split(own.SETTINGS_IN_VAULT, ','), name => trim(name)), name => !empty(name)))
var given = union(objectKeys(values), inVault)

var alarmName = empty(own.ALARM_EMAIL_TO) ? 'OPERATOR_EMAIL_TO' : 'ALARM_EMAIL_TO'
var alarmTo = filter(
  map(split(empty(own.ALARM_EMAIL_TO) ? (values.?OPERATOR_EMAIL_TO ?? '') : own.ALARM_EMAIL_TO, ','), address => trim(address)),
  address => !empty(address)
)

var carrier = toLower(own.EMAIL_CARRIER)
var makesBot = toLower(own.BOT) == 'true'
var verified = toLower(own.EMAIL_DOMAIN_VERIFIED) == 'true'
var entra = (values.?DETAIL_AUTH ?? '') == 'entra'
var schedule = values.?POLL_SCHEDULE ?? '0 */5 * * * *'
var silence = empty(own.SILENCE_MINUTES) ? '15' : own.SILENCE_MINUTES
var silences = ['15', '30', '60', '120', '360', '1440']
var pause = longestPause(schedule)
var fitting = filter(silences, minutes => int(minutes) >= 3 * pause)
var carriers = filter(['ACS_ENDPOINT', 'SMTP_URL', 'EMAIL_CARRIER'], name => contains(given, name) || (name == 'EMAIL_CARRIER' && contains(['acs', 'smtp'], carrier)))
var makesAcs = carrier == 'acs' && !contains(given, 'ACS_ENDPOINT')
var from = values.?EMAIL_FROM ?? ''
var fromAddress = contains(from, '<') ? trim(replace(last(split(from, '<')), '>', '')) : from
var fromDomain = toLower(last(split(fromAddress, '@')))
var recipients = filter(given, name => name == 'EMAIL_TO' || endsWith(name, '_EMAIL_TO') || (startsWith(name, 'EMAIL_TO_') && toUpper(name) == name))

// ---- What cannot work: each a sentence that names the setting

var choices = [
  { name: 'EMAIL_CARRIER', value: carrier, of: ['none', 'smtp', 'acs'] }
  { name: 'AZURE_PRINCIPAL_TYPE', value: own.AZURE_PRINCIPAL_TYPE, of: ['User', 'Group', 'ServicePrincipal'] }
  { name: 'SILENCE_MINUTES', value: silence, of: silences }
  { name: 'INSTANCE_MEMORY_MB', value: own.INSTANCE_MEMORY_MB, of: ['512', '2048', '4096'] }
  { name: 'DETAIL_AUTH', value: values.?DETAIL_AUTH ?? '', of: ['key', 'entra'] }
  { name: 'BOT_APP_TYPE', value: values.?BOT_APP_TYPE ?? '', of: ['UserAssignedMSI', 'SingleTenant'] }
]
var switches = ['BOT', 'EMAIL_DOMAIN_VERIFIED', 'PRIVATE_NETWORKING']
var ids = ['PARTNER_TENANT_ID', 'PARTNER_CLIENT_ID']
var notForVault = ['POLL_SCHEDULE', 'TABLES_URL', 'TABLES_CONNECTION_STRING', 'AZURE_CLIENT_ID', 'REFRESH_TOKEN_SECRET_URL', 'REFRESH_TOKEN_FILE', 'ALERT_ROUTES']

var faults = flatten([
  map(filter(ids, name => !contains(inVault, name)), name => idFault(name, values[?name] ?? ''))
  map(['AZURE_PRINCIPAL_ID', 'EASY_AUTH_CLIENT_ID'], name => guidFault(name, own[name]))
  map(filter(switches, name => !isSwitch(own[name])), name => '${name} must be true or false, not "${own[name]}".')
  map(
    filter(choices, one => !empty(one.value) && !contains(one.of, one.value)),
    one => '${one.name} must be one of ${join(one.of, ', ')}, not "${one.value}".'
  )
  [empty(own.LOG_RETENTION_DAYS) || isWhole(own.LOG_RETENTION_DAYS, 30, 730) ? '' : 'LOG_RETENTION_DAYS must be a whole number from 30 to 730, not "${own.LOG_RETENTION_DAYS}".']
  [ipFault('OPERATOR_IP_ADDRESS', own.OPERATOR_IP_ADDRESS)]
  [mailFault(alarmName, alarmTo)]

  // Secrets
  map(inVault, name => nameInVaultFault(name, objectKeys(secret), objectKeys(plain), notForVault))
  map(
    filter(objectKeys(secret), name => !empty(trim(secret[name]))),
    name => '${name} is a secret and was given as a value: empty it, put the value into the vault (npm run azure -- secrets) and name it in SETTINGS_IN_VAULT.'
  )
  map(filter(inVault, name => contains(values, name)), name => '${name} is given as a value and named in SETTINGS_IN_VAULT: keep one of them.')
  [contains(inVault, 'PARTNER_CLIENT_SECRET') && !empty('${own.PARTNER_CERTIFICATE_NAME}${values.?PARTNER_CLIENT_CERTIFICATE_URL ?? ''}') ? 'PARTNER_CLIENT_SECRET in SETTINGS_IN_VAULT and a certificate (PARTNER_CERTIFICATE_NAME, PARTNER_CLIENT_CERTIFICATE_URL) are both given: keep one of them.' : '']
  [nameFault('PARTNER_CERTIFICATE_NAME', own.PARTNER_CERTIFICATE_NAME, [], 'partner-center')]
  [!empty(own.PARTNER_CERTIFICATE_NAME) && contains(given, 'PARTNER_CLIENT_CERTIFICATE_URL') ? 'PARTNER_CERTIFICATE_NAME and PARTNER_CLIENT_CERTIFICATE_URL are both given: keep one of them.' : '']

  // Mail
  map(filter(recipients, _ => empty(carriers)), name => '${name} needs somebody who carries mail: set EMAIL_CARRIER to acs or smtp.')
  [carrier == 'smtp' && !contains(inVault, 'SMTP_URL') ? 'EMAIL_CARRIER is smtp, but SETTINGS_IN_VAULT does not name SMTP_URL.' : '']
  [contains(inVault, 'SMTP_URL') && (carrier == 'acs' || contains(given, 'ACS_ENDPOINT')) ? 'SMTP_URL in SETTINGS_IN_VAULT and ${carrier == 'acs' ? 'EMAIL_CARRIER acs' : 'ACS_ENDPOINT'} both carry mail: keep one of them.' : '']
  [carrier == 'smtp' && contains(given, 'ACS_ENDPOINT') ? 'EMAIL_CARRIER is smtp, but ACS_ENDPOINT is set: keep one of them.' : '']
  [!empty(recipients) && !empty(carriers) && !makesAcs && !contains(given, 'EMAIL_FROM') ? 'EMAIL_FROM is missing: ${recipients[0]} needs a sender.' : '']
  [nameFault('EMAIL_DOMAIN', own.EMAIL_DOMAIN, ['.'], 'mail.example.com')]
  [!empty(own.EMAIL_DOMAIN) && !makesAcs ? 'EMAIL_DOMAIN is for EMAIL_CARRIER acs only, without an ACS_ENDPOINT.' : '']
  [verified && empty(own.EMAIL_DOMAIN) ? 'EMAIL_DOMAIN_VERIFIED is true, but EMAIL_DOMAIN names no domain.' : '']
  [makesAcs && !empty(from) && fromDomain != toLower(own.EMAIL_DOMAIN) && !contains(fromDomain, '.azurecomm.') ? 'EMAIL_FROM is an address of ${fromDomain}, which Azure Communication Services may not send for: name that domain in EMAIL_DOMAIN, or leave EMAIL_FROM out.' : '']

  // Bot and detail endpoint
  map(filter(['BOT_APP_ID', 'BOT_TENANT_ID', 'BOT_APP_TYPE', 'BOT_APP_PASSWORD'], name => makesBot && contains(given, name)), name => '${name} is for a bot made by hand, but BOT is true, which makes one: keep one of them.')
  [contains(given, 'BOT_APP_ID') && !contains(given, 'BOT_TENANT_ID') ? 'BOT_TENANT_ID is missing: BOT_APP_ID needs it.' : '']
  [(values.?BOT_APP_TYPE ?? '') == 'SingleTenant' && !contains(inVault, 'BOT_APP_PASSWORD') ? 'BOT_APP_TYPE is SingleTenant, but SETTINGS_IN_VAULT does not name BOT_APP_PASSWORD.' : '']
  [entra && !contains(given, 'ENTRA_AUDIENCE') ? 'ENTRA_AUDIENCE is missing: DETAIL_AUTH entra needs it.' : '']
  [!entra && !empty(own.EASY_AUTH_CLIENT_ID) ? 'EASY_AUTH_CLIENT_ID needs DETAIL_AUTH entra.' : '']

  // When it polls, and when it is missed
  [length(filter(split(schedule, ' '), field => !empty(field))) == 6 ? '' : 'POLL_SCHEDULE must have six fields (second, minute, hour, day, month, weekday), such as 0 */5 * * * *.']
  [contains(silences, silence) && pause > 0 && int(silence) < 3 * pause ? 'SILENCE_MINUTES is ${silence}, but POLL_SCHEDULE rests for up to ${pause} minutes: a watch that is well would be an alarm. ${empty(fitting) ? 'No window is long enough: poll more often.' : 'Set it to ${fitting[0]} or more.'}' : '']

  // Who is told
  [empty(own.ALERT_ROUTES) ? '' : 'ALERT_ROUTES does not come from the environment: write the rules into infra/routes.json.']
  channelFaults(routes, given, makesBot)
  [empty(own.RUNBOOK_URL) || startsWith(own.RUNBOOK_URL, 'https://') ? '' : 'RUNBOOK_URL must be an https address.']
])
var refusals = filter(faults, fault => !empty(fault))

// ---- The template's parameters

param environmentName = empty(own.AZURE_ENV_NAME) ? 'referral-alerts' : own.AZURE_ENV_NAME
param location = empty(own.AZURE_LOCATION) ? 'westeurope' : own.AZURE_LOCATION
param operatorPrincipalId = own.AZURE_PRINCIPAL_ID
param operatorPrincipalType = contains(choices[1].of, own.AZURE_PRINCIPAL_TYPE) ? own.AZURE_PRINCIPAL_TYPE : 'User'

param settings = !empty(refusals)
  ? fail(join(refusals, '\n'))
  : union(
      { POLL_SCHEDULE: schedule },
      empty(routes) ? {} : { ALERT_ROUTES: string(routes) },
      // Until the domain is verified, mail goes out through the one that Azure manages, under its sender.
      toObject(filter(items(values), one => !(one.key == 'EMAIL_FROM' && makesAcs && !empty(own.EMAIL_DOMAIN) && !verified)), one => one.key, one => one.value)
    )
param settingsInVault = inVault
param partnerCertificateName = own.PARTNER_CERTIFICATE_NAME

param acs = makesAcs
param emailDomain = own.EMAIL_DOMAIN
param emailDomainVerified = verified
param emailSender = endsWith(fromAddress, '@${own.EMAIL_DOMAIN}') && !empty(own.EMAIL_DOMAIN) ? split(fromAddress, '@')[0] : 'referral-alerts'
param emailSenderName = contains(from, '<') ? trim(replace(split(from, '<')[0], '"', '')) : 'Referral Alerts'
param emailDataLocation = empty(own.EMAIL_DATA_LOCATION) ? 'Europe' : own.EMAIL_DATA_LOCATION

param bot = makesBot
param detailForEntra = entra
param easyAuthClientId = own.EASY_AUTH_CLIENT_ID

param privateNetworking = toLower(own.PRIVATE_NETWORKING) == 'true'
param operatorIpAddress = own.OPERATOR_IP_ADDRESS
param instanceMemoryMB = contains(choices[3].of, own.INSTANCE_MEMORY_MB) ? int(own.INSTANCE_MEMORY_MB) : 512
param logRetentionDays = isWhole(own.LOG_RETENTION_DAYS, 30, 730) ? int(own.LOG_RETENTION_DAYS) : 30

param alarmEmailTo = alarmTo
param silenceMinutes = contains(silences, silence) ? int(silence) : 15
param runbookUrl = own.RUNBOOK_URL
