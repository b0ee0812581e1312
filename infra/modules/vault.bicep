@description('Name of the vault.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Workspace that hears who read which secret.')
param workspaceId string

@description('Whether the vault can be reached without a private endpoint.')
param publicAccess bool

@description('A public IP address that may reach it all the same. Empty: none.')
param allowedIpAddress string

@description('Client secret of the app registration; empty: not written.')
@secure()
param partnerClientSecret string

@description('Workflows webhook of the sales channel; empty: not written.')
@secure()
param teamsWebhookUrl string

@description('Workflows webhook of the on-call channel; empty: not written.')
@secure()
param onCallTeamsWebhookUrl string

@description('Routing key of the pager; empty: not written.')
@secure()
param onCallPagerKey string

@description('Workflows webhook of the operator; empty: not written.')
@secure()
param operatorTeamsWebhookUrl string

@description('SMTP server with its login; empty: not written.')
@secure()
param smtpUrl string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    // The shortest allowed: a removed set-up can be made again under the same name after a week.
    softDeleteRetentionInDays: 7
    publicNetworkAccess: publicAccess || !empty(allowedIpAddress) ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      ipRules: empty(allowedIpAddress) ? [] : [{ value: allowedIpAddress }]
    }
  }
}

// Only its place and its rights are ours: sign-in writes the first value, every poll that rotates it the next.
@onlyIfNotExists()
resource refreshToken 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'refresh-token'
  properties: {
    value: 'not signed in yet: run npm run sign-in'
    attributes: { enabled: false }
  }
}

resource clientSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(partnerClientSecret)) {
  parent: vault
  name: 'partner-client-secret'
  properties: { value: partnerClientSecret }
}

resource salesWebhook 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(teamsWebhookUrl)) {
  parent: vault
  name: 'teams-webhook-url'
  properties: { value: teamsWebhookUrl }
}

resource onCallWebhook 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(onCallTeamsWebhookUrl)) {
  parent: vault
  name: 'oncall-teams-webhook-url'
  properties: { value: onCallTeamsWebhookUrl }
}

resource pagerKey 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(onCallPagerKey)) {
  parent: vault
  name: 'oncall-pager-key'
  properties: { value: onCallPagerKey }
}

resource operatorWebhook 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(operatorTeamsWebhookUrl)) {
  parent: vault
  name: 'operator-teams-webhook-url'
  properties: { value: operatorTeamsWebhookUrl }
}

resource smtp 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(smtpUrl)) {
  parent: vault
  name: 'smtp-url'
  properties: { value: smtpUrl }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

output name string = vault.name
output uri string = vault.properties.vaultUri
output refreshTokenName string = refreshToken.name
