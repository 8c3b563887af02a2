using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads what workflows and single engines have in common.</summary>
internal sealed class SettingsReader(SessionLimits limits)
{
    private static readonly MemberNames RetryMembers = new("attempts", "backoffSeconds");

    private ImmutableArray<WebhookSpec> _webhooks = [];
    private int _rank;
    private TimeSpan _waitTime;
    private TimeSpan? _maxDuration;
    private RetrySpec? _retry;
    private bool _events;
    private NodeStopPolicy _onNodeStopped;

    /// <summary>Reads the member at whose value the reader stands; one of another name is passed over.</summary>
    public void Read(string member, ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (member)
        {
            case "webhooks": _webhooks = WebhookReader.ReadAll(ref json, faults, limits); break;
            case "rank": _rank = JsonValues.Integer(ref json, faults) ?? 0; break;
            case "waitTimeSecond": _waitTime = JsonValues.Seconds(ref json, faults) ?? TimeSpan.Zero; break;
            case "maxDurationSeconds": _maxDuration = JsonValues.Seconds(ref json, faults); break;
            case "retry": _retry = ReadRetry(ref json, faults); break;
            case "events": _events = JsonValues.Boolean(ref json, faults); break;
            case "onNodeStopped": _onNodeStopped = JsonValues.NodeStop(ref json, faults); break;
            default: json.Skip(); break;
        }
    }

    /// <summary>Adds what was read to a spec.</summary>
    public SessionSpec Complete(SessionSpec spec) => spec with
    {
        Webhooks = _webhooks,
        Rank = _rank,
        WaitTime = _waitTime,
        MaxDuration = _maxDuration,
        Retry = _retry,
        OnNodeStopped = _onNodeStopped,
        KeepsEvents = _events,
    };

    private static RetrySpec? ReadRetry(ref Utf8JsonReader json, BodyFaults faults)
    {
        int? attempts = null;
        var given = false;
        var backoff = TimeSpan.Zero;
        if (!ObjectWalk.Begin(ref json, faults))
        {
            return null;
        }

        for (var members = new ObjectWalk(RetryMembers, faults); members.Next(ref json, out var member);)
        {
            if (member is "attempts")
            {
                given = json.TokenType != JsonTokenType.Null;
                attempts = JsonValues.Integer(ref json, faults);
            }
            else
            {
                backoff = JsonValues.Seconds(ref json, faults) ?? TimeSpan.Zero;
            }
        }

        if (!given)
        {
            faults.AddIn("attempts", FaultCodes.Required, "The number of further attempts is required.");
        }

        return new() { Attempts = attempts ?? 0, Backoff = backoff };
    }
}
