// The app settings, by name. What is empty counts as not set, and the app's own default holds.

@description('The function app.')
param functionAppName string

@description('Address of the vault, with a slash at its end.')
param vaultUri string

@description('Names of settings whose value lies in the vault.')
param fromVault string[]

@description('Name of the secret that holds the refresh token.')
param refreshTokenName string

@description('The storage account.')
param storageName string

@description('The Application Insights component.')
param insightsName string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('When to poll.')
param pollSchedule string

@description('Filter of the list call.')
param referralsFilter string

@description('Days until an unanswered referral expires, where Partner Center does not say.')
param referralWindowDays int

@description('Where a card\'s link leads.')
param referralLinkTemplate string

@description('Tenant id of the Partner Center account.')
param partnerTenantId string

@description('Application id of the app registration.')
param partnerClientId string

@description('Date on which its client secret ends.')
param partnerClientExpiresOn string

@description('Certificate in the vault in place of a client secret.')
param partnerCertificateName string

@description('Sales recipients of email.')
param emailTo string

@description('Sender of email.')
param emailFrom string

@description('Azure Communication Services endpoint.')
param acsEndpoint string

@description('Time before expiry and severity of each reminder.')
param escalationSteps string

@description('On-call recipients of email.')
param onCallEmailTo string

@description('Address of the pager.')
param onCallPagerUrl string

@description('Whoever runs the app.')
param operatorEmailTo string

@description('Reserved for routing rules.')
param alertRoutes string

@description('More new referrals than this come as one digest.')
param digestAbove int

@description('Time zone of dates.')
param alertTimeZone string

@description('Days until closed checkpoints are erased.')
param checkpointRetentionDays int

@description('Whether there is a Teams bot.')
param bot bool

@description('Who may bind and unbind channels.')
param botAdmins string

@description('When a claim runs out.')
param claimExpiresAfter string

@description('Who may read a referral over HTTP.')
param detailAuth string

@description('Audience of the tokens accepted there.')
param entraAudience string

@description('App role or scope those tokens must carry.')
param entraRole string

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

@description('A Key Vault reference to the secret of that setting, or nothing.')
func vaultReference(setting string, kept string[], uri string) string =>
  contains(kept, setting) ? '@Microsoft.KeyVault(SecretUri=${uri}secrets/${toLower(replace(setting, '_', '-'))})' : ''

var entra = detailAuth == 'entra'

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: functionAppName
}

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  // No secret among them: those are references to the vault.
  properties: {
    // The platform's own
    AzureWebJobsStorage__accountName: storage.name
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'

    // Partner Center
    POLL_SCHEDULE: pollSchedule
    REFERRALS_FILTER: referralsFilter
    REFERRAL_WINDOW_DAYS: string(referralWindowDays)
    REFERRAL_LINK_TEMPLATE: referralLinkTemplate
    PARTNER_TENANT_ID: partnerTenantId
    PARTNER_CLIENT_ID: partnerClientId
    PARTNER_CLIENT_SECRET: vaultReference('PARTNER_CLIENT_SECRET', fromVault, vaultUri)
    PARTNER_CLIENT_CERTIFICATE_URL: empty(partnerCertificateName) ? '' : '${vaultUri}secrets/${partnerCertificateName}'
    PARTNER_CLIENT_SECRET_EXPIRES_ON: partnerClientExpiresOn
    REFRESH_TOKEN_SECRET_URL: '${vaultUri}secrets/${refreshTokenName}'

    // What it knows, and who it is
    TABLES_URL: storage.properties.primaryEndpoints.table
    AZURE_CLIENT_ID: identityClientId
    CHECKPOINT_RETENTION_DAYS: string(checkpointRetentionDays)

    // Who is told
    TEAMS_WEBHOOK_URL: vaultReference('TEAMS_WEBHOOK_URL', fromVault, vaultUri)
    EMAIL_TO: emailTo
    EMAIL_FROM: emailFrom
    SMTP_URL: vaultReference('SMTP_URL', fromVault, vaultUri)
    ACS_ENDPOINT: acsEndpoint
    ESCALATION_STEPS: escalationSteps
    ONCALL_TEAMS_WEBHOOK_URL: vaultReference('ONCALL_TEAMS_WEBHOOK_URL', fromVault, vaultUri)
    ONCALL_EMAIL_TO: onCallEmailTo
    ONCALL_PAGER_KEY: vaultReference('ONCALL_PAGER_KEY', fromVault, vaultUri)
    ONCALL_PAGER_URL: onCallPagerUrl
    OPERATOR_TEAMS_WEBHOOK_URL: vaultReference('OPERATOR_TEAMS_WEBHOOK_URL', fromVault, vaultUri)
    OPERATOR_EMAIL_TO: operatorEmailTo
    ALERT_ROUTES: alertRoutes
    DIGEST_ABOVE: string(digestAbove)
    ALERT_TIME_ZONE: alertTimeZone

    // The Teams bot, which is the app's own identity
    BOT_APP_ID: bot ? identityClientId : ''
    BOT_TENANT_ID: bot ? tenant().tenantId : ''
    BOT_APP_TYPE: 'UserAssignedMSI'
    BOT_ADMINS: botAdmins
    CLAIM_EXPIRES_AFTER: claimExpiresAfter

    // The detail endpoint
    DETAIL_AUTH: detailAuth
    ENTRA_TENANT_ID: entra ? tenant().tenantId : ''
    ENTRA_AUDIENCE: entraAudience
    ENTRA_ROLE: entraRole
  }
}
