using './main.bicep'

// Values come from the environment: azd fills it from `azd env set NAME value`, a pipeline from its variables.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'referral-alerts')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param operatorPrincipalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')

// Partner Center
param partnerTenantId = readEnvironmentVariable('PARTNER_TENANT_ID', '')
param partnerClientId = readEnvironmentVariable('PARTNER_CLIENT_ID', '')
param partnerClientSecret = readEnvironmentVariable('PARTNER_CLIENT_SECRET', '')
param partnerClientExpiresOn = readEnvironmentVariable('PARTNER_CLIENT_SECRET_EXPIRES_ON', '')
param partnerCertificateName = readEnvironmentVariable('PARTNER_CERTIFICATE_NAME', '')
param pollSchedule = readEnvironmentVariable('POLL_SCHEDULE', '0 */5 * * * *')

// Who is told
param teamsWebhookUrl = readEnvironmentVariable('TEAMS_WEBHOOK_URL', '')
param emailTo = readEnvironmentVariable('EMAIL_TO', '')
param escalationSteps = readEnvironmentVariable('ESCALATION_STEPS', '7d:reminder,3d:warning,24h:critical')
param onCallTeamsWebhookUrl = readEnvironmentVariable('ONCALL_TEAMS_WEBHOOK_URL', '')
param onCallEmailTo = readEnvironmentVariable('ONCALL_EMAIL_TO', '')
param onCallPagerKey = readEnvironmentVariable('ONCALL_PAGER_KEY', '')
param operatorTeamsWebhookUrl = readEnvironmentVariable('OPERATOR_TEAMS_WEBHOOK_URL', '')
param operatorEmailTo = readEnvironmentVariable('OPERATOR_EMAIL_TO', '')
param alertTimeZone = readEnvironmentVariable('ALERT_TIME_ZONE', 'UTC')

// Email: none, smtp or acs
param emailCarrier = readEnvironmentVariable('EMAIL_CARRIER', 'none')
param smtpUrl = readEnvironmentVariable('SMTP_URL', '')
param emailFrom = readEnvironmentVariable('EMAIL_FROM', '')
param emailDomain = readEnvironmentVariable('EMAIL_DOMAIN', '')
param emailDomainVerified = bool(readEnvironmentVariable('EMAIL_DOMAIN_VERIFIED', 'false'))

// Teams bot
param bot = bool(readEnvironmentVariable('BOT', 'false'))
param botAdmins = readEnvironmentVariable('BOT_ADMINS', '')

// The detail endpoint
param detailAuth = readEnvironmentVariable('DETAIL_AUTH', 'key')
param entraAudience = readEnvironmentVariable('ENTRA_AUDIENCE', '')
param easyAuthClientId = readEnvironmentVariable('EASY_AUTH_CLIENT_ID', '')

// Housing
param settingsInVault = split(readEnvironmentVariable('SETTINGS_IN_VAULT', ''), ',')
param privateNetworking = bool(readEnvironmentVariable('PRIVATE_NETWORKING', 'false'))
param operatorIpAddress = readEnvironmentVariable('OPERATOR_IP_ADDRESS', '')
param runbookUrl = readEnvironmentVariable('RUNBOOK_URL', 'docs/runbook.md')
