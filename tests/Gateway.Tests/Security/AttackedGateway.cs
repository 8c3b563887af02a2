namespace BlueEdge.Gateway.Tests.Security;

/// <summary>A gateway that takes tokens of one issuer, and another issuer that it does not.</summary>
public sealed class AttackedGateway : IAsyncLifetime
{
    private Issuer? _issuer;
    private Issuer? _attacker;
    private Guarded? _guarded;

    internal Issuer Issuer => _issuer ?? throw new InvalidOperationException("It is not started.");

    internal Issuer Attacker => _attacker ?? throw new InvalidOperationException("It is not started.");

    internal Guarded Guarded => _guarded ?? throw new InvalidOperationException("It is not started.");

    public async ValueTask InitializeAsync()
    {
        _issuer = await Issuer.StartAsync();
        _attacker = await Issuer.StartAsync();
        _attacker.Keys = [IssuerKey.Other];
        _guarded = await Guarded.StartAsync(_issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await Guarded.DisposeAsync();
        await Attacker.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
