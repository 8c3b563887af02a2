using System.Text.Json;
using System.Text.Json.Serialization;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Blobs;
using BlueEdge.Gateway.Channels.Inputs;
using BlueEdge.Gateway.Channels.Listening;
using BlueEdge.Gateway.DeadLetters;
using BlueEdge.Gateway.Engines;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Keys;
using BlueEdge.Gateway.Operations;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Gateway.Validation;
using BlueEdge.Gateway.Webhooks;

namespace BlueEdge.Gateway;

/// <summary>How the API's types are written, made at build time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AttemptChange))]
[JsonSerializable(typeof(AuditItem))]
[JsonSerializable(typeof(AuditResponse))]
[JsonSerializable(typeof(BlobDeletedResponse))]
[JsonSerializable(typeof(BlobResponse))]
[JsonSerializable(typeof(DeadLettersResponse))]
[JsonSerializable(typeof(SessionEventsResponse))]
[JsonSerializable(typeof(SessionEventResponse))]
[JsonSerializable(typeof(SessionStanding))]
[JsonSerializable(typeof(MissedEvents))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(EngineAnswer))]
[JsonSerializable(typeof(EngineRemovedResponse))]
[JsonSerializable(typeof(EngineRequest))]
[JsonSerializable(typeof(EnginesResponse))]
[JsonSerializable(typeof(ExternalChannelResponse))]
[JsonSerializable(typeof(InputResponse))]
[JsonSerializable(typeof(ProcessResponse))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyResponse))]
[JsonSerializable(typeof(KeyRevokedResponse))]
[JsonSerializable(typeof(KeysResponse))]
[JsonSerializable(typeof(SessionListResponse))]
[JsonSerializable(typeof(RedeliveryResponse))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(SessionWebhooksResponse))]
[JsonSerializable(typeof(SystemResponse))]
[JsonSerializable(typeof(ValidationResponse))]
[JsonSerializable(typeof(SubSessionResponse))]
[JsonSerializable(typeof(WarningResponse))]
[JsonSerializable(typeof(WebhookTestRequest))]
[JsonSerializable(typeof(WebhookTestResponse))]
[JsonSerializable(typeof(WorkflowRequest))]
[JsonSerializable(typeof(SingleEngineRequest))]
internal sealed partial class GatewayJson : JsonSerializerContext;
