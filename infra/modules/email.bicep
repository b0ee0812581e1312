@description('Makes names unique.')
param token string

@description('Tags of every resource.')
param tags object

@description('Your own mail domain. Empty: only the one that Azure manages.')
param domain string

@description('Whether the DNS records of your own domain are verified. Until then it may not be linked and cannot send.')
param domainVerified bool

@description('What stands before the @ of your own domain\'s sender.')
param senderUser string

@description('The name that mailboxes show for it.')
param senderName string

@description('Where data is kept.')
param dataLocation string

var hasOwn = !empty(domain)
var ownSends = hasOwn && domainVerified

resource emailService 'Microsoft.Communication/emailServices@2025-05-01' = {
  name: 'email-${token}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

// Sends at once, as DoNotReply, and stands in for your own domain until that one may send.
resource managedDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = if (!ownSends) {
  parent: emailService
  name: 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: { domainManagement: 'AzureManaged', userEngagementTracking: 'Disabled' }
}

resource ownDomain 'Microsoft.Communication/emailServices/domains@2025-05-01' = if (hasOwn) {
  parent: emailService
  name: hasOwn ? domain : 'none'
  location: 'global'
  tags: tags
  properties: { domainManagement: 'CustomerManaged', userEngagementTracking: 'Disabled' }
}

resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2025-05-01' = if (ownSends) {
  parent: ownDomain
  name: senderUser
  properties: { username: senderUser, displayName: senderName }
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: 'acs-${token}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: [ownSends ? ownDomain.id : managedDomain.id]
    disableLocalAuth: true
  }
}

output communicationName string = communication.name
output serviceName string = emailService.name
output endpoint string = 'https://${communication.properties.hostName}'
output sender string = ownSends ? '${senderUser}@${domain}' : 'DoNotReply@${managedDomain!.properties.mailFromSenderDomain}'
output domainRecords object = hasOwn ? ownDomain!.properties.verificationRecords : {}
