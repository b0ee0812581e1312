// Every right that anybody gets, each at the narrowest scope that works. The reasons stand in docs/security.md.

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of whoever operates the app. Empty: nobody.')
param operatorPrincipalId string

@description('What that object id is.')
param operatorPrincipalType string

@description('The storage account.')
param storageName string

@description('Tables that the app keeps what it knows in.')
param tableNames string[]

@description('The vault.')
param vaultName string

@description('The one secret that the app writes.')
param refreshTokenName string

@description('The Application Insights component.')
param insightsName string

@description('The communication service. Empty: there is none.')
param communicationName string

var roleIds = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  communicationAndEmailServiceOwner: '09976791-48a7-449e-bb21-39d1a415f350'
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' existing = {
  parent: storage
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-06-01' existing = [
  for table in tableNames: {
    parent: tableService
    name: table
  }
]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource refreshToken 'Microsoft.KeyVault/vaults/secrets@2024-11-01' existing = {
  parent: vault
  name: refreshTokenName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' existing = {
  name: empty(communicationName) ? 'none' : communicationName
}

// ---- the app

resource appOwnsHostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, appPrincipalId, roleIds.storageBlobDataOwner)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.storageBlobDataOwner)
    description: 'The Functions host keeps locks, keys and the package in blobs and makes its own containers'
  }
}

resource appWritesTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, index) in tableNames: {
    scope: tables[index]
    name: guid(tables[index].id, appPrincipalId, roleIds.storageTableDataContributor)
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.storageTableDataContributor)
      description: 'What has been told, in ${table}'
    }
  }
]

resource appReadsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, appPrincipalId, roleIds.keyVaultSecretsUser)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.keyVaultSecretsUser)
    description: 'Key Vault references of the settings, and the certificate'
  }
}

resource appRotatesRefreshToken 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: refreshToken
  name: guid(refreshToken.id, appPrincipalId, roleIds.keyVaultSecretsOfficer)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.keyVaultSecretsOfficer)
    description: 'Writes the rotated refresh token and disables the one before; this one secret only'
  }
}

resource appSendsTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, appPrincipalId, roleIds.monitoringMetricsPublisher)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.monitoringMetricsPublisher)
    description: 'Telemetry without a key'
  }
}

resource appSendsMail 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(communicationName)) {
  scope: communication
  name: guid(communication.id, appPrincipalId, roleIds.communicationAndEmailServiceOwner)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.communicationAndEmailServiceOwner)
    description: 'The only built-in role that may send mail'
  }
}

// ---- the operator

resource operatorSetsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: vault
  name: guid(vault.id, operatorPrincipalId, roleIds.keyVaultSecretsOfficer)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.keyVaultSecretsOfficer)
    description: 'Stores the refresh token at sign-in and sets the secrets of the settings'
  }
}

resource operatorChecksTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, index) in tableNames: if (!empty(operatorPrincipalId)) {
    scope: tables[index]
    name: guid(tables[index].id, operatorPrincipalId, roleIds.storageTableDataContributor)
    properties: {
      principalId: operatorPrincipalId
      principalType: operatorPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.storageTableDataContributor)
      description: 'Lets doctor try ${table} from the operator\'s machine'
    }
  }
]
