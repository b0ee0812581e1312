targetScope = 'subscription'

// ---- where it goes

@description('Name of the environment; resource names are derived from it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region of everything that has one. It must offer Flex Consumption.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Object id of the person or pipeline that runs this: may sign in to Partner Center, set secrets and run doctor. Empty: nobody.')
param operatorPrincipalId string = ''

@description('What that object id is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

// ---- Partner Center

@description('Tenant id of the Partner Center account.')
@minLength(36)
@maxLength(36)
param partnerTenantId string

@description('Application id of the app registration that signs in to Partner Center.')
@minLength(36)
@maxLength(36)
param partnerClientId string

@description('Client secret of that app registration. Better left empty: then the managed identity stands for the app.')
@secure()
param partnerClientSecret string = ''

@description('Date on which that client secret ends, such as 2027-01-31.')
param partnerClientExpiresOn string = ''

@description('Name of a certificate in the vault that proves the app registration in place of a client secret.')
param partnerCertificateName string = ''

@description('When to poll: NCRONTAB with six fields, UTC.')
param pollSchedule string = '0 */5 * * * *'

@description('Filter of the list call. Empty: incoming and pending.')
param referralsFilter string = ''

@description('Days until an unanswered referral expires, where Partner Center does not say.')
@minValue(1)
@maxValue(365)
param referralWindowDays int = 14

@description('Where "Open in Partner Center" leads; {id} and {engagementId} are filled in. Empty: the leads workspace.')
param referralLinkTemplate string = ''

// ---- who is told

@description('Workflows webhook of the sales channel.')
@secure()
param teamsWebhookUrl string = ''

@description('Sales recipients of email, separated by commas.')
param emailTo string = ''

@description('Time before expiry and severity of each reminder.')
param escalationSteps string = '7d:reminder,3d:warning,24h:critical'

@description('Workflows webhook of the on-call channel.')
@secure()
param onCallTeamsWebhookUrl string = ''

@description('On-call recipients of email, separated by commas.')
param onCallEmailTo string = ''

@description('Routing key of the pager.')
@secure()
param onCallPagerKey string = ''

@description('Address of the pager, PagerDuty Events v2. Empty: PagerDuty itself.')
param onCallPagerUrl string = ''

@description('Workflows webhook of whoever runs this app.')
@secure()
param operatorTeamsWebhookUrl string = ''

@description('Addresses of whoever runs this app, separated by commas; Azure alarms go there too.')
param operatorEmailTo string = ''

@description('Reserved for routing rules; leave it empty.')
param alertRoutes string = ''

@description('More new referrals than this for one channel in one poll come as one digest.')
@minValue(0)
param digestAbove int = 10

@description('IANA time zone of the dates on cards and in mail.')
param alertTimeZone string = 'UTC'

@description('Days after which what is known of an answered or expired referral is erased.')
@minValue(1)
param checkpointRetentionDays int = 90

// ---- email

@description('Who carries email: nobody, an SMTP server, or Azure Communication Services, which is then created.')
@allowed(['none', 'smtp', 'acs'])
param emailCarrier string = 'none'

@description('SMTP server with its login, smtps://user:password@host.')
@secure()
param smtpUrl string = ''

@description('Sender address; needed with smtp. With acs: empty for the sender that comes with the domain.')
param emailFrom string = ''

@description('Your own mail domain for acs. Empty: a domain that Azure manages, for at most 10 mails an hour.')
param emailDomain string = ''

@description('True once the DNS records of your own mail domain are in place; only then can it send.')
param emailDomainVerified bool = false

@description('Where Azure Communication Services keeps its data.')
param emailDataLocation string = 'Europe'

// ---- Teams bot

@description('Whether to create the Teams bot.')
param bot bool = false

@description('Entra object ids of those who may bind and unbind channels, separated by commas. Empty: anybody of the tenant.')
param botAdmins string = ''

@description('A claimed referral that is still unanswered becomes free again after this time.')
param claimExpiresAfter string = '48h'

// ---- the detail endpoint

@description('Who may read a referral over HTTP.')
@allowed(['key', 'entra'])
param detailAuth string = 'key'

@description('Audience of the tokens accepted with entra.')
param entraAudience string = ''

@description('App role or scope those tokens must carry.')
param entraRole string = 'Referrals.Read'

@description('With entra: application id of the API that callers ask tokens for; the platform then checks them too, before the app does.')
param easyAuthClientId string = ''

// ---- how it is housed

@description('Names of settings whose secret is put into the vault by hand, such as TEAMS_WEBHOOK_URL.')
param settingsInVault string[] = []

@description('Put storage and vault behind private endpoints and the app into a virtual network.')
param privateNetworking bool = false

@description('With private networking: a public IP address that may still reach the vault, for sign-in. Empty: none.')
param operatorIpAddress string = ''

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Minutes without a good poll until the alarm; three times the poll interval or more.')
@allowed([15, 30, 60, 120, 360, 720, 1440])
param silenceMinutes int = 15

@description('Where the runbook can be read; alarms link to it.')
param runbookUrl string = 'docs/runbook.md'

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName, application: 'referral-alerts' }
var tableNames = ['ReferralCheckpoints', 'WatchState', 'TeamsConversations']
var acs = emailCarrier == 'acs'
var fromVault = union(
  settingsInVault,
  empty(partnerClientSecret) ? [] : ['PARTNER_CLIENT_SECRET'],
  empty(teamsWebhookUrl) ? [] : ['TEAMS_WEBHOOK_URL'],
  empty(onCallTeamsWebhookUrl) ? [] : ['ONCALL_TEAMS_WEBHOOK_URL'],
  empty(onCallPagerKey) ? [] : ['ONCALL_PAGER_KEY'],
  empty(operatorTeamsWebhookUrl) ? [] : ['OPERATOR_TEAMS_WEBHOOK_URL'],
  emailCarrier == 'smtp' && !empty(smtpUrl) ? ['SMTP_URL'] : []
)

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: { token: token, location: location, tags: tags, retentionDays: logRetentionDays }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: { name: 'vnet-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    tableNames: tableNames
    publicAccess: !privateNetworking
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    publicAccess: !privateNetworking
    allowedIpAddress: operatorIpAddress
    partnerClientSecret: partnerClientSecret
    teamsWebhookUrl: teamsWebhookUrl
    onCallTeamsWebhookUrl: onCallTeamsWebhookUrl
    onCallPagerKey: onCallPagerKey
    operatorTeamsWebhookUrl: operatorTeamsWebhookUrl
    smtpUrl: emailCarrier == 'smtp' ? smtpUrl : ''
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (privateNetworking) {
  name: 'private-endpoints'
  scope: group
  params: {
    location: location
    tags: tags
    networkId: privateNetworking ? network!.outputs.networkId : ''
    subnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
  }
}

module email 'modules/email.bicep' = if (acs) {
  name: 'email'
  scope: group
  params: {
    token: token
    tags: tags
    domain: emailDomain
    domainVerified: emailDomainVerified
    dataLocation: emailDataLocation
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    storageName: storage.outputs.name
    tableNames: tableNames
    vaultName: vault.outputs.name
    refreshTokenName: vault.outputs.refreshTokenName
    insightsName: monitoring.outputs.insightsName
    communicationName: acs ? email!.outputs.communicationName : ''
  }
}

module functions 'modules/functions.bicep' = {
  name: 'functions'
  scope: group
  dependsOn: [roles, privateEndpoints]
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    instanceMemoryMB: instanceMemoryMB
    easyAuthClientId: detailAuth == 'entra' ? easyAuthClientId : ''
    entraAudience: entraAudience
  }
}

module settings 'modules/settings.bicep' = {
  name: 'settings'
  scope: group
  params: {
    functionAppName: functions.outputs.name
    vaultUri: vault.outputs.uri
    fromVault: fromVault
    refreshTokenName: vault.outputs.refreshTokenName
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
    identityClientId: identity.outputs.clientId
    pollSchedule: pollSchedule
    referralsFilter: referralsFilter
    referralWindowDays: referralWindowDays
    referralLinkTemplate: referralLinkTemplate
    partnerTenantId: partnerTenantId
    partnerClientId: partnerClientId
    partnerClientExpiresOn: partnerClientExpiresOn
    partnerCertificateName: partnerCertificateName
    emailTo: emailTo
    emailFrom: !empty(emailFrom) || !acs ? emailFrom : email!.outputs.sender
    acsEndpoint: acs ? email!.outputs.endpoint : ''
    escalationSteps: escalationSteps
    onCallEmailTo: onCallEmailTo
    onCallPagerUrl: onCallPagerUrl
    operatorEmailTo: operatorEmailTo
    alertRoutes: alertRoutes
    digestAbove: digestAbove
    alertTimeZone: alertTimeZone
    checkpointRetentionDays: checkpointRetentionDays
    bot: bot
    botAdmins: botAdmins
    claimExpiresAfter: claimExpiresAfter
    detailAuth: detailAuth
    entraAudience: entraAudience
    entraRole: entraRole
  }
}

module teamsBot 'modules/bot.bicep' = if (bot) {
  name: 'bot'
  scope: group
  params: {
    name: 'bot-${token}'
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    functionHost: functions.outputs.host
  }
}

module alarms 'modules/alarms.bicep' = {
  name: 'alarms'
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    operatorEmailTo: operatorEmailTo
    silenceMinutes: silenceMinutes
    runbookUrl: runbookUrl
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: { location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId }
}

@description('Where everything is.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app to deploy the package to.')
output FUNCTION_APP_NAME string = functions.outputs.name

@description('Where the app answers: /api/health, /api/referrals/{id}, /api/messages.')
output FUNCTION_APP_HOST string = functions.outputs.host

@description('Object id of the app\'s identity: the subject of the federated credential of the app registration.')
output APP_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('For sign-in on your own machine.')
output REFRESH_TOKEN_SECRET_URL string = '${vault.outputs.uri}secrets/${vault.outputs.refreshTokenName}'

@description('For doctor on your own machine.')
output TABLES_URL string = storage.outputs.tablesUrl

@description('Application id of the Teams bot, for its app package.')
output BOT_APP_ID string = bot ? identity.outputs.clientId : ''
