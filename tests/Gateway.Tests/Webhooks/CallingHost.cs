namespace BlueEdge.Gateway.Tests.Webhooks;

/// <summary>For tests of the one <see cref="WebhookHost"/>.</summary>
[CollectionDefinition(Name)]
public sealed class CallingHost : ICollectionFixture<WebhookHost>
{
    public const string Name = "calling host";
}
