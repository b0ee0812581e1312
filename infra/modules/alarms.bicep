@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Workspace that holds the logs.')
param workspaceId string

@description('Addresses that alarms go to.')
param emailTo string[]

@description('Minutes without a good poll until the alarm.')
param silenceMinutes int

@description('Where the runbook can be read. Empty: alarms name it, without a link.')
param runbookUrl string

// The only lengths that Azure takes, of those that make sense here.
var windows = { '15': 'PT15M', '30': 'PT30M', '60': 'PT1H', '120': 'PT2H', '360': 'PT6H', '1440': 'P1D' }

var alarms = [
  {
    name: 'no-good-poll'
    title: 'Referral Alerts: nobody is watching'
    text: 'No poll has ended well for ${silenceMinutes} minutes. New referrals are not told.'
    query: loadTextContent('../queries/alarms/no-good-poll.kql')
    column: 'goodPolls'
    operator: 'LessThan'
    threshold: 1
    window: windows[string(silenceMinutes)]
    severity: 0
  }
  {
    name: 'invocation-failures'
    title: 'Referral Alerts: function invocations fail'
    text: 'Polls or bot messages end with an error.'
    query: loadTextContent('../queries/alarms/invocation-failures.kql')
    column: 'failures'
    operator: 'GreaterThan'
    threshold: 1
    window: 'PT15M'
    severity: 1
  }
  {
    name: 'untold'
    title: 'Referral Alerts: leads that nobody was told of'
    text: 'Pending referrals have been told to nobody in sales for half an hour.'
    query: loadTextContent('../queries/alarms/untold.kql')
    column: 'untold'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 0
  }
  {
    name: 'undelivered'
    title: 'Referral Alerts: alerts do not arrive'
    text: 'An alert was refused, or has been waiting for half an hour.'
    query: loadTextContent('../queries/alarms/undelivered.kql')
    column: 'stuck'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT30M'
    severity: 1
  }
  {
    name: 'sign-in-trouble'
    title: 'Referral Alerts: sign-in to Partner Center needed'
    text: 'The stored sign-in is refused, or its successor cannot be kept.'
    query: loadTextContent('../queries/alarms/sign-in-trouble.kql')
    column: 'troubles'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 1
  }
  {
    name: 'detail-errors'
    title: 'Referral Alerts: the detail endpoint fails'
    text: 'Reading referrals over HTTP ends in 5xx.'
    query: loadTextContent('../queries/alarms/detail-errors.kql')
    column: 'errors'
    operator: 'GreaterThan'
    threshold: 2
    window: 'PT15M'
    severity: 2
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'RefAlerts'
    emailReceivers: [
      for (address, index) in emailTo: {
        name: 'operator-${index}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alarm in alarms: {
    name: alarm.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alarm.title
      description: '${alarm.text} What to do: ${empty(runbookUrl) ? 'docs/runbook.md, ${alarm.name}' : '${runbookUrl}#${alarm.name}'}'
      severity: alarm.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: alarm.window
      autoMitigate: true
      // The workspace is minutes old when this is made, and its tables are not there yet.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alarm.query
            metricMeasureColumn: alarm.column
            timeAggregation: 'Total'
            operator: alarm.operator
            threshold: alarm.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: {
        actionGroups: [operators.id]
        ...(empty(runbookUrl) ? {} : { customProperties: { runbook: '${runbookUrl}#${alarm.name}' } })
      }
    }
  }
]
