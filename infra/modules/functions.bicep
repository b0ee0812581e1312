@description('Name of the function app.')
param name string

@description('Name of its plan.')
param planName string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the app\'s identity.')
param identityId string

@description('Subnet that the app calls from. Empty: the public internet.')
param subnetId string

@description('The storage account of host and package.')
param storageName string

@description('The container of the package.')
param packageContainer string

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Application id of the API whose tokens the platform checks before the app does. Empty: it does not.')
param easyAuthClientId string

@description('Audience of those tokens.')
param entraAudience string

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    ...(empty(subnetId) ? {} : { virtualNetworkSubnetId: subnetId, outboundVnetRouting: { allTraffic: true } })
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: { instanceMemoryMB: instanceMemoryMB, maximumInstanceCount: 40 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
    }
  }
}

// Deployments come with an Entra token; the old passwords stay off.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

// The app checks every token itself; this turns strangers away before they reach it.
resource platformAuth 'Microsoft.Web/sites/config@2024-11-01' = if (!empty(easyAuthClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      // Teams brings Bot Framework tokens, monitors and doctor bring a function key
      excludedPaths: ['/api/messages', '/api/health', '/api/doctor']
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          clientId: easyAuthClientId
        }
        validation: {
          allowedAudiences: union([entraAudience], [replace(entraAudience, 'api://', '')])
        }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}

output name string = app.name
output host string = app.properties.defaultHostName
