@description('Makes names unique.')
param token string

@description('Tags of every resource.')
param tags object

@description('Your own mail domain. Empty: one that Azure manages.')
param domain string

@description('Whether the DNS records of your own domain are in place.')
param domainVerified bool

@description('Where data is kept.')
param dataLocation string

var ownDomain = !empty(domain)
var usable = !ownDomain || domainVerified

resource emailService 'Microsoft.Communication/emailServices@2025-05-01' = {
  name: 'email-${token}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource mailDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = {
  parent: emailService
  name: ownDomain ? domain : 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: {
    domainManagement: ownDomain ? 'CustomerManaged' : 'AzureManaged'
    userEngagementTracking: 'Disabled'
  }
}

// A managed domain comes with the sender DoNotReply; your own gets one that says what it is.
resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2025-05-01' = if (ownDomain && domainVerified) {
  parent: mailDomain
  name: 'referral-alerts'
  properties: { username: 'referral-alerts', displayName: 'Referral Alerts' }
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: 'acs-${token}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: usable ? [mailDomain.id] : []
    disableLocalAuth: true
  }
}

output communicationName string = communication.name
output endpoint string = 'https://${communication.properties.hostName}'
output sender string = '${ownDomain ? 'referral-alerts' : 'DoNotReply'}@${mailDomain.properties.mailFromSenderDomain}'
