using System.Collections.Immutable;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>What fakes say of a spec.</summary>
internal static class Specs
{
    /// <summary>A warning for each webhook, whatever it calls: the real ones are the silos' to find.</summary>
    public static ImmutableArray<SessionWarning> WarningsOf(SessionSpec spec) =>
        [.. spec.Webhooks.Select(webhook => new SessionWarning { Code = WarningCodes.WebhookRefused, Message = $"{webhook.CallbackUrl} is not called." })];
}
