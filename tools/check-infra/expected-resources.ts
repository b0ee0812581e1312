import { ALARMS } from './alarms.ts';
import { TENANT } from './compiler.ts';
import type { Wishes } from './wishes.ts';

/** A resource that should come out, with what matters about it: paths below `properties`, or from the top with a slash. */
export interface Expected {
  readonly type: string;
  readonly name: RegExp;
  readonly facts: Readonly<Record<string, unknown>>;
}

const resource = (type: string, name: RegExp, facts: Readonly<Record<string, unknown>> = {}): Expected => ({
  type,
  name,
  facts,
});

/** Every resource of a set-up but the role assignments. Keys and passwords are off wherever there are any. */
export function expectedResources(wishes: Wishes): Expected[] {
  return [
    resource('Microsoft.Resources/resourceGroups', /^rg-/),
    resource('Microsoft.ManagedIdentity/userAssignedIdentities', /^id-/),
    ...logs(wishes),
    ...storage(wishes),
    ...vault(wishes),
    ...functionApp(wishes),
    ...alarms(wishes),
    ...(wishes.acs && !wishes.given.ACS_ENDPOINT ? mail(wishes) : []),
    ...(wishes.bot ? bot() : []),
    ...(wishes.privateNetwork ? network() : []),
  ];
}

function logs({ given }: Wishes): Expected[] {
  return [
    resource('Microsoft.OperationalInsights/workspaces', /^log-/, {
      'features.disableLocalAuth': true,
      'workspaceCapping.dailyQuotaGb': 1,
      retentionInDays: Number(given.LOG_RETENTION_DAYS ?? 30),
    }),
    resource('Microsoft.Insights/components', /^appi-/, {
      DisableLocalAuth: true,
      WorkspaceResourceId: /\/workspaces\/log-/,
    }),
    resource('Microsoft.Insights/workbooks', /^[0-9a-f-]{36}$/, { sourceId: /\/workspaces\/log-/ }),
  ];
}

function storage({ privateNetwork }: Wishes): Expected[] {
  const below = (path: string, name: RegExp, facts = {}) =>
    resource(`Microsoft.Storage/storageAccounts/${path}`, name, facts);
  return [
    resource('Microsoft.Storage/storageAccounts', /^st/, {
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      supportsHttpsTrafficOnly: true,
      minimumTlsVersion: 'TLS1_2',
      publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled',
      'networkAcls.defaultAction': privateNetwork ? 'Deny' : 'Allow',
      'networkAcls.bypass': 'None',
    }),
    below('blobServices', /\/default$/),
    below('blobServices/containers', /\/app-package$/, { publicAccess: 'None' }),
    below('tableServices', /\/default$/),
    ...['ReferralCheckpoints', 'WatchState', 'TeamsConversations'].map(name =>
      below('tableServices/tables', new RegExp(`/${name}$`)),
    ),
  ];
}

function vault({ privateNetwork, allowedIp }: Wishes): Expected[] {
  return [
    resource('Microsoft.KeyVault/vaults', /^kv-/, {
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      enablePurgeProtection: true,
      softDeleteRetentionInDays: 7,
      publicNetworkAccess: privateNetwork && !allowedIp ? 'Disabled' : 'Enabled',
      'networkAcls.defaultAction': privateNetwork ? 'Deny' : 'Allow',
      'networkAcls.bypass': 'None',
      'networkAcls.ipRules': allowedIp ? [{ value: allowedIp }] : [],
    }),
    // The only secret that a deployment makes is an empty place: no history of deployments holds a value.
    resource('Microsoft.KeyVault/vaults/secrets', /\/refresh-token$/, {
      'attributes.enabled': false,
      value: /^not signed in yet/,
    }),
    resource('Microsoft.Insights/diagnosticSettings', /^audit$/, { logs: [{ categoryGroup: 'audit', enabled: true }] }),
  ];
}

function functionApp({ privateNetwork, easyAuth, given }: Wishes): Expected[] {
  const site = (type: string, name: RegExp, facts = {}) => resource(`Microsoft.Web/sites${type}`, name, facts);
  const audience = given.ENTRA_AUDIENCE ?? '';
  return [
    resource('Microsoft.Web/serverfarms', /^plan-/, {
      '/sku': { tier: 'FlexConsumption', name: 'FC1' },
      reserved: true,
    }),
    site('', /^func-/, {
      '/tags.azd-service-name': 'functions',
      httpsOnly: true,
      'siteConfig.minTlsVersion': '1.2',
      keyVaultReferenceIdentity: /\/userAssignedIdentities\/id-/,
      'functionAppConfig.runtime': { name: 'node', version: '24' },
      'functionAppConfig.scaleAndConcurrency.instanceMemoryMB': Number(given.INSTANCE_MEMORY_MB ?? 512),
      'functionAppConfig.deployment.storage.authentication.type': 'UserAssignedIdentity',
      virtualNetworkSubnetId: privateNetwork ? /\/subnets\/app$/ : undefined,
      outboundVnetRouting: privateNetwork ? { allTraffic: true } : undefined,
    }),
    site('/basicPublishingCredentialsPolicies', /\/ftp$/, { allow: false }),
    site('/basicPublishingCredentialsPolicies', /\/scm$/, { allow: false }),
    site('/config', /\/appsettings$/),
    ...(easyAuth
      ? [
          site('/config', /\/authsettingsV2$/, {
            'platform.enabled': true,
            'globalValidation.requireAuthentication': true,
            'globalValidation.unauthenticatedClientAction': 'Return401',
            'globalValidation.excludedPaths': ['/api/messages', '/api/health', '/api/doctor'],
            'identityProviders.azureActiveDirectory.registration.clientId': given.EASY_AUTH_CLIENT_ID,
            'identityProviders.azureActiveDirectory.validation.allowedAudiences': [
              audience,
              audience.replace('api://', ''),
            ],
          }),
        ]
      : []),
  ];
}

function alarms({ alarmTo, silenceMinutes, runbook }: Wishes): Expected[] {
  const receivers = alarmTo.map((emailAddress, index) => ({
    name: `operator-${index}`,
    emailAddress,
    useCommonAlertSchema: true,
  }));
  return [
    resource('Microsoft.Insights/actionGroups', /^operators$/, { enabled: true, emailReceivers: receivers }),
    ...ALARMS.map(({ name, windowMinutes }) =>
      resource('Microsoft.Insights/scheduledQueryRules', new RegExp(`^${name}$`), {
        enabled: true,
        skipQueryValidation: true,
        evaluationFrequency: 'PT5M',
        windowSize: isoTime(windowMinutes ?? Number(silenceMinutes)),
        scopes: [/\/workspaces\/log-/],
        'actions.actionGroups': [/\/actionGroups\/operators$/],
        'actions.customProperties': runbook ? { runbook: `${runbook}#${name}` } : undefined,
        description: runbook ? new RegExp(`${runbook}#${name}$`) : new RegExp(`docs/runbook\\.md, ${name}$`),
      }),
    ),
  ];
}

function isoTime(minutes: number): string {
  if (minutes % 1440 === 0) return `P${minutes / 1440}D`;
  return minutes % 60 === 0 ? `PT${minutes / 60}H` : `PT${minutes}M`;
}

function mail({ given, ownDomain, ownDomainSends }: Wishes): Expected[] {
  const service = (type: string, name: RegExp, facts = {}) => resource(`Microsoft.Communication/${type}`, name, facts);
  const sender = given.EMAIL_FROM?.split('@')[0] ?? 'referral-alerts';
  const linked = ownDomainSends ? new RegExp(`/domains/${ownDomain}$`) : /\/domains\/AzureManagedDomain$/;
  return [
    service('emailServices', /^email-/, { dataLocation: given.EMAIL_DATA_LOCATION ?? 'Europe' }),
    ...(ownDomainSends
      ? []
      : [service('emailServices/domains', /\/AzureManagedDomain$/, { domainManagement: 'AzureManaged' })]),
    ...(ownDomain
      ? [service('emailServices/domains', new RegExp(`/${ownDomain}$`), { domainManagement: 'CustomerManaged' })]
      : []),
    ...(ownDomainSends
      ? [service('emailServices/domains/senderUsernames', new RegExp(`/${sender}$`), { username: sender })]
      : []),
    service('communicationServices', /^acs-/, { disableLocalAuth: true, linkedDomains: [linked] }),
  ];
}

function bot(): Expected[] {
  return [
    resource('Microsoft.BotService/botServices', /^bot-/, {
      disableLocalAuth: true,
      msaAppType: 'UserAssignedMSI',
      msaAppTenantId: TENANT,
      endpoint: /\/api\/messages/,
    }),
    resource('Microsoft.BotService/botServices/channels', /\/MsTeamsChannel$/, { 'properties.isEnabled': true }),
  ];
}

function network(): Expected[] {
  const net = (type: string, name: RegExp, facts = {}) => resource(`Microsoft.Network/${type}`, name, facts);
  return [
    net('virtualNetworks', /^vnet-/, {
      'subnets.1.properties.delegations.0.properties.serviceName': 'Microsoft.App/environments',
    }),
    ...['blob', 'table', 'vault'].flatMap(group => {
      const zone =
        group === 'vault'
          ? /privatelink.*keyvaultDns, '\.vault\.', '\.vaultcore\.'/
          : new RegExp(`privatelink\\.${group}\\.`);
      return [
        net('privateDnsZones', zone),
        net('privateDnsZones/virtualNetworkLinks', zone, { registrationEnabled: false }),
        net('privateEndpoints', new RegExp(`^pe-${group}$`), {
          'privateLinkServiceConnections.0.properties.groupIds': [group],
          'subnet.id': /\/subnets\/endpoints$/,
        }),
        net('privateEndpoints/privateDnsZoneGroups', new RegExp(`^pe-${group}/default$`), {
          'privateDnsZoneConfigs.0.properties.privateDnsZoneId': zone,
        }),
      ];
    }),
  ];
}
