using System.Net;
using BlueEdge.Auditing;
using BlueEdge.Callers;
using BlueEdge.Gateway.Auth;

namespace BlueEdge.Gateway.Auditing;

/// <summary>A call as the audit has it: recorded once, when it was done or at the latest when it is answered. A feature of the request.</summary>
internal sealed class AuditedCall(HttpContext http, AuditTrail trail)
{
    private const int Gone = StatusCodes.Status499ClientClosedRequest;

    /// <summary>Enough to tell two apart, and not to guess the rest.</summary>
    private const int ShownOfSecrets = 8;

    private bool _isTold;
    private string? _target;

    /// <summary>Says what was made by the call, which no route names. What goes on for long after it, such as a wait, is recorded now.</summary>
    public static void Tell(HttpContext http, string target, int status = StatusCodes.Status200OK)
    {
        if (http.Features.Get<AuditedCall>() is { } call)
        {
            call._target = target;
            call.Tell(status);
        }
    }

    /// <summary>Says that it was answered; a call that changes nothing is recorded where it was refused.</summary>
    public void End()
    {
        var response = http.Response;
        var status = !response.HasStarted && http.RequestAborted.IsCancellationRequested ? Gone : response.StatusCode;
        if (IsRefusal(status) || Changes())
        {
            Tell(status);
        }
    }

    private void Tell(int status)
    {
        if (_isTold)
        {
            return;
        }

        _isTold = true;
        var (endpoint, identity) = (http.GetEndpoint(), http.User.Identity is { IsAuthenticated: true } known ? known : null);
        var access = AccessPolicies.Of(endpoint?.Metadata ?? EndpointMetadataCollection.Empty);
        trail.Add(new()
        {
            At = default, // Counted with all that are the same.
            Kind = IsRefusal(status) ? AuditKind.Refusal : access is Access.Submit ? AuditKind.Submission : AuditKind.Change,
            Action = endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "other",
            Actor = identity?.Name is { } name ? Shown.Short(name) : null,
            By = identity?.AuthenticationType,
            Tenant = identity is null ? null : http.Features.Get<Caller>()?.Tenant,

            // Whoever nobody knows could make up another one with each call.
            Target = identity is null ? null : Shortened(endpoint, _target ?? TargetOf(http.Request.RouteValues)),
            From = AddressOf(http.Connection.RemoteIpAddress),
            Status = status,
        });
    }

    private bool Changes() => http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<ChangesNothingAttribute>() is null
        && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);

    private bool IsRefusal(int status) => status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
        || (status is StatusCodes.Status429TooManyRequests && http.User.Identity is not { IsAuthenticated: true });

    private static string? TargetOf(RouteValueDictionary values) =>
        values.Count == 0 ? null : string.Join('/', values.Values.Select(value => Shown.Short(value as string ?? "")));

    private static string? Shortened(Endpoint? endpoint, string? target) =>
        target is { Length: > ShownOfSecrets } && endpoint?.Metadata.GetMetadata<SecretIdsAttribute>() is not null ? $"{target.AsSpan(0, ShownOfSecrets)}…" : target;

    private static string? AddressOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
