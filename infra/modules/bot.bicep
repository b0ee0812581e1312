@description('Name of the bot.')
param name string

@description('Tags of every resource.')
param tags object

@description('Resource id of the app\'s identity, which the bot is.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Host name of the function app.')
param functionHost string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Referral Alerts'
    endpoint: 'https://${functionHost}/api/messages'
    msaAppId: identityClientId
    msaAppType: 'UserAssignedMSI'
    msaAppMSIResourceId: identityId
    msaAppTenantId: tenant().tenantId
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}
