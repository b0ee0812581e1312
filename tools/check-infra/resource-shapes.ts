/**
 * The resource types this project may use, each at one API version, with the properties it may set.
 * A small list kept by hand: what is not on it is a mistake, or a change that somebody should look at.
 * Notation: `name properties{sku{name}}`; arrays have the shape of their items; `*` stands for any name.
 * `Type@version#name` is for one resource of a type whose shape depends on its name.
 */
export const RESOURCES: Readonly<Record<string, string>> = {
  'Microsoft.Authorization/roleAssignments@2022-04-01':
    'name properties{principalId principalType roleDefinitionId description}',
  'Microsoft.BotService/botServices/channels@2022-09-15': 'name location properties{channelName properties{isEnabled}}',
  'Microsoft.BotService/botServices@2022-09-15':
    'name location tags{*} kind sku{name} properties{displayName endpoint msaAppId msaAppType msaAppMSIResourceId msaAppTenantId disableLocalAuth}',
  'Microsoft.Communication/communicationServices@2025-05-01':
    'name location tags{*} properties{dataLocation linkedDomains disableLocalAuth}',
  'Microsoft.Communication/emailServices/domains/senderUsernames@2025-05-01': 'name properties{username displayName}',
  'Microsoft.Communication/emailServices/domains@2025-05-01':
    'name location tags{*} properties{domainManagement userEngagementTracking}',
  'Microsoft.Communication/emailServices@2025-05-01': 'name location tags{*} properties{dataLocation}',
  'Microsoft.Insights/actionGroups@2023-01-01':
    'name location tags{*} properties{enabled groupShortName emailReceivers{name emailAddress useCommonAlertSchema}}',
  'Microsoft.Insights/components@2020-02-02':
    'name location tags{*} kind properties{Application_Type WorkspaceResourceId DisableLocalAuth}',
  'Microsoft.Insights/diagnosticSettings@2021-05-01-preview':
    'name properties{workspaceId logs{categoryGroup enabled}}',
  'Microsoft.Insights/scheduledQueryRules@2023-12-01':
    'name location tags{*} kind properties{displayName description severity enabled scopes evaluationFrequency windowSize autoMitigate criteria{allOf{query metricMeasureColumn timeAggregation operator threshold failingPeriods{numberOfEvaluationPeriods minFailingPeriodsToAlert}}} actions{actionGroups customProperties{*}}}',
  'Microsoft.Insights/workbooks@2023-06-01':
    'name location tags{*} kind properties{displayName category sourceId version serializedData}',
  'Microsoft.KeyVault/vaults/secrets@2024-11-01': 'name properties{value attributes{enabled}}',
  'Microsoft.KeyVault/vaults@2024-11-01':
    'name location tags{*} properties{tenantId sku{family name} enableRbacAuthorization enableSoftDelete enablePurgeProtection softDeleteRetentionInDays publicNetworkAccess networkAcls{bypass defaultAction ipRules{value}}}',
  'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30': 'name location tags{*}',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01':
    'name location tags{*} properties{registrationEnabled virtualNetwork{id}}',
  'Microsoft.Network/privateDnsZones@2024-06-01': 'name location tags{*}',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-10-01':
    'name properties{privateDnsZoneConfigs{name properties{privateDnsZoneId}}}',
  'Microsoft.Network/privateEndpoints@2024-10-01':
    'name location tags{*} properties{subnet{id} privateLinkServiceConnections{name properties{privateLinkServiceId groupIds}}}',
  'Microsoft.Network/virtualNetworks@2024-10-01':
    'name location tags{*} properties{addressSpace{addressPrefixes} subnets{name properties{addressPrefix privateEndpointNetworkPolicies delegations{name properties{serviceName}}}}}',
  'Microsoft.OperationalInsights/workspaces@2025-02-01':
    'name location tags{*} properties{sku{name} retentionInDays workspaceCapping{dailyQuotaGb} features{disableLocalAuth enableLogAccessUsingOnlyResourcePermissions}}',
  'Microsoft.Resources/resourceGroups@2024-11-01': 'name location tags{*}',
  'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01': 'name properties{publicAccess}',
  'Microsoft.Storage/storageAccounts/blobServices@2025-06-01': 'name',
  'Microsoft.Storage/storageAccounts/tableServices/tables@2025-06-01': 'name',
  'Microsoft.Storage/storageAccounts/tableServices@2025-06-01': 'name',
  'Microsoft.Storage/storageAccounts@2025-06-01':
    'name location tags{*} kind sku{name} properties{allowBlobPublicAccess allowCrossTenantReplication allowSharedKeyAccess defaultToOAuthAuthentication minimumTlsVersion supportsHttpsTrafficOnly publicNetworkAccess networkAcls{bypass defaultAction}}',
  'Microsoft.Web/serverfarms@2024-11-01': 'name location tags{*} kind sku{tier name} properties{reserved}',
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01': 'name properties{allow}',
  'Microsoft.Web/sites/config@2024-11-01#appsettings': 'name properties{*}',
  'Microsoft.Web/sites/config@2024-11-01#authsettingsV2':
    'name properties{platform{enabled} globalValidation{requireAuthentication unauthenticatedClientAction excludedPaths} identityProviders{azureActiveDirectory{enabled registration{openIdIssuer clientId} validation{allowedAudiences}}} login{tokenStore{enabled}}}',
  'Microsoft.Web/sites@2024-11-01':
    'name location tags{*} kind identity{type userAssignedIdentities{*}} properties{serverFarmId httpsOnly keyVaultReferenceIdentity virtualNetworkSubnetId outboundVnetRouting{allTraffic} siteConfig{minTlsVersion} functionAppConfig{runtime{name version} scaleAndConcurrency{instanceMemoryMB maximumInstanceCount} deployment{storage{type value authentication{type userAssignedIdentityResourceId}}}}}',
};

export type Shape = ReadonlyMap<string, Shape>;

export function shapeOf(notation: string): Shape {
  const tokens = notation.match(/[^\s{}]+|[{}]/g) ?? [];
  const read = (): Shape => {
    const shape = new Map<string, Shape>();
    while (tokens.length > 0 && tokens[0] !== '}') {
      const name = tokens.shift() as string;
      const nested = tokens[0] === '{' ? tokens.splice(0, 1) : null;
      shape.set(name, nested ? read() : new Map());
      if (nested) tokens.shift();
    }
    return shape;
  };
  return read();
}
