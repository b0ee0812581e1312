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
