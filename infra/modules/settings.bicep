// The app settings, by name: what somebody gave, what lies in the vault, and what only this template knows.
// This list replaces what was there: a setting made by hand is gone after the next deployment.

@description('The function app.')
param functionAppName string

@description('The vault.')
param vaultName string

@description('Settings whose value lies in the vault, under their name in small letters with dashes.')
param inVault string[]

@description('Address of the vault, with a slash at its end.')
param vaultUri string

@description('Name of the secret that holds the refresh token.')
param refreshTokenName string

@description('Name of a certificate in the vault in place of a client secret. Empty: none.')
param certificateName string

@description('The storage account.')
param storageName string

@description('The Application Insights component.')
param insightsName string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Whether Azure Communication Services carries mail.')
param acs bool

@description('Its endpoint.')
param acsEndpoint string

@description('Its sender, where nobody gave one.')
param acsSender string

@description('Whether there is a Teams bot, which is the app\'s own identity.')
param bot bool

@description('Whether callers of the detail endpoint bring tokens.')
param detailForEntra bool

@description('What somebody gave, as it was given.')
param given { *: string }

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: functionAppName
}

func secretName(setting string) string => toLower(replace(setting, '_', '-'))

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  // Conditions ask what is known before anything exists; one that waits for a resource would hide the list from what-if.
  properties: {
    ...(acs ? { ACS_ENDPOINT: acsEndpoint, EMAIL_FROM: acsSender } : {})
    ...(detailForEntra ? { ENTRA_TENANT_ID: tenant().tenantId } : {})
    ...(empty(certificateName) ? {} : { PARTNER_CLIENT_CERTIFICATE_URL: '${vaultUri}secrets/${certificateName}' })
    ...(bot ? { BOT_APP_ID: identityClientId, BOT_TENANT_ID: tenant().tenantId } : {})
    ...given
    // No secret among them: each of these is a reference to the vault.
    ...toObject(inVault, name => name, name => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secretName(name)})')

    REFRESH_TOKEN_SECRET_URL: '${vaultUri}secrets/${refreshTokenName}'
    TABLES_URL: storage.properties.primaryEndpoints.table
    AZURE_CLIENT_ID: identityClientId

    // The platform's own. Addresses, not the account's name: that one stands for the public cloud.
    AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  }
}
