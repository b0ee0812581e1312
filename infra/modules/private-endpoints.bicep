@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The network that resolves the private names.')
param networkId string

@description('Subnet of the endpoints.')
param subnetId string

@description('The storage account to reach.')
param storageName string

@description('The vault to reach.')
param vaultName string

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

// .vault.azure.net has privatelink.vaultcore.azure.net, and other clouds theirs likewise.
var vaultZone = 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'

var targets = [
  { group: 'blob', id: storage.id, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { group: 'table', id: storage.id, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { group: 'vault', id: vault.id, zone: vaultZone }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for target in targets: {
    name: target.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (target, index) in targets: {
    parent: zones[index]
    name: 'app-network'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-10-01' = [
  for target in targets: {
    name: 'pe-${target.group}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: target.group
          properties: { privateLinkServiceId: target.id, groupIds: [target.group] }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-10-01' = [
  for (target, index) in targets: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: target.group, properties: { privateDnsZoneId: zones[index].id } }]
    }
  }
]
