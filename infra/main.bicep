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

@description('What that object id is: User, Group or ServicePrincipal.')
param operatorPrincipalType string = 'User'

// ---- the app's settings

@description('Settings of the app by their names, as somebody gave them; no secret among them. Always: POLL_SCHEDULE, PARTNER_TENANT_ID, PARTNER_CLIENT_ID.')
param settings { *: string }

@description('Settings whose value lies in the vault, put there by hand, such as TEAMS_WEBHOOK_URL.')
param settingsInVault string[] = []

@description('Name of a certificate in the vault that proves the app registration in place of a client secret.')
param partnerCertificateName string = ''

// ---- email

@description('Whether to create Azure Communication Services to carry mail.')
param acs bool = false

@description('Your own mail domain for it. Empty: a domain that Azure manages, for at most 10 mails an hour.')
param emailDomain string = ''

@description('True once the DNS records of your own mail domain are verified; until then the managed one sends.')
param emailDomainVerified bool = false

@description('What stands before the @ of the sender of your own domain.')
param emailSender string = 'referral-alerts'

@description('The name that mailboxes show for it.')
param emailSenderName string = 'Referral Alerts'

@description('Where Azure Communication Services keeps its data.')
param emailDataLocation string = 'Europe'

// ---- Teams bot

@description('Whether to create the Teams bot.')
param bot bool = false

// ---- the detail endpoint

@description('Whether callers bring tokens of this tenant in place of a key.')
param detailForEntra bool = false

@description('With it: application id of the API that callers ask tokens for; the platform then checks them too, before the app does.')
param easyAuthClientId string = ''

// ---- how it is housed

@description('Put storage and vault behind private endpoints and the app into a virtual network.')
param privateNetworking bool = false

@description('With private networking: a public IP address that may still reach the vault, for sign-in. Empty: none.')
param operatorIpAddress string = ''

@description('Memory of an instance in MB: 512, 2048 or 4096.')
param instanceMemoryMB int = 512

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

// ---- alarms

@description('Addresses that Azure mails when the watch fails.')
param alarmEmailTo string[] = []

@description('Minutes without a good poll until the alarm: 15, 30, 60, 120, 360 or 1440, and three times the poll interval or more.')
param silenceMinutes int = 15

@description('Where the runbook can be read; alarms link to it. Empty: they name it.')
param runbookUrl string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName, application: 'referral-alerts' }
var tableNames = ['ReferralCheckpoints', 'WatchState', 'TeamsConversations']
var vaultName = 'kv-${token}'

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
    name: vaultName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    publicAccess: !privateNetworking
    allowedIpAddress: operatorIpAddress
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
    senderUser: emailSender
    senderName: emailSenderName
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
    easyAuthClientId: easyAuthClientId
    entraAudience: settings.?ENTRA_AUDIENCE ?? ''
  }
}

module appSettings 'modules/settings.bicep' = {
  name: 'settings'
  scope: group
  params: {
    functionAppName: functions.outputs.name
    vaultName: vaultName
    inVault: settingsInVault
    vaultUri: vault.outputs.uri
    refreshTokenName: vault.outputs.refreshTokenName
    certificateName: partnerCertificateName
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
    identityClientId: identity.outputs.clientId
    acs: acs
    acsEndpoint: acs ? email!.outputs.endpoint : ''
    acsSender: acs ? email!.outputs.sender : ''
    bot: bot
    detailForEntra: detailForEntra
    given: settings
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
    emailTo: alarmEmailTo
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

@description('The vault that the secrets of SETTINGS_IN_VAULT are put into.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('For sign-in on your own machine.')
output REFRESH_TOKEN_SECRET_URL string = '${vault.outputs.uri}secrets/${vault.outputs.refreshTokenName}'

@description('For doctor on your own machine.')
output TABLES_URL string = storage.outputs.tablesUrl

@description('Application id of the Teams bot, for its app package.')
output TEAMS_BOT_ID string = bot ? identity.outputs.clientId : ''

@description('The mail service that your own domain belongs to.')
output EMAIL_SERVICE_NAME string = acs ? email!.outputs.serviceName : ''

@description('DNS records that your own mail domain needs.')
output EMAIL_DOMAIN_RECORDS object = acs && !empty(emailDomain) ? email!.outputs.domainRecords : {}
