@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Workspace that holds the logs.')
param workspaceId string

var charts = [
  {
    name: 'pending'
    title: 'Pending referrals by time left'
    query: loadTextContent('../queries/workbook/pending.kql')
    chart: 'areachart'
  }
  {
    name: 'next-expiry'
    title: 'Hours until the next one expires'
    query: loadTextContent('../queries/workbook/next-expiry.kql')
    chart: 'timechart'
  }
  {
    name: 'alerts'
    title: 'Alerts by kind and channel'
    query: loadTextContent('../queries/workbook/alerts.kql')
    chart: 'table'
  }
  {
    name: 'poll-duration'
    title: 'Poll duration in milliseconds'
    query: loadTextContent('../queries/workbook/poll-duration.kql')
    chart: 'timechart'
  }
  {
    name: 'partner-calls'
    title: 'Calls to Partner Center'
    query: loadTextContent('../queries/workbook/partner-calls.kql')
    chart: 'timechart'
  }
  {
    name: 'failures'
    title: 'Failures and why'
    query: loadTextContent('../queries/workbook/failures.kql')
    chart: 'table'
  }
]

var timeRange = {
  type: 9
  name: 'time range'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    parameters: [
      {
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        label: 'Time range'
        type: 4
        isRequired: true
        value: { durationMs: 604800000 }
        typeSettings: {
          selectableValues: [{ durationMs: 14400000 }, { durationMs: 86400000 }, { durationMs: 604800000 }, { durationMs: 2592000000 }]
        }
      }
    ]
  }
}

var items = [
  for chart in charts: {
    type: 3
    name: chart.name
    content: {
      version: 'KqlItem/1.0'
      title: chart.title
      query: chart.query
      visualization: chart.chart
      size: 0
      queryType: 0
      resourceType: 'microsoft.operationalinsights/workspaces'
      timeContextFromParameter: 'TimeRange'
      noDataMessage: 'Nothing in this time'
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'referral-alerts')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Referral Alerts'
    category: 'workbook'
    sourceId: workspaceId
    version: 'Notebook/1.0'
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [workspaceId]
      items: concat([timeRange], items)
    })
  }
}
