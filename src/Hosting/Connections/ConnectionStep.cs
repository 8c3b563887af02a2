using Microsoft.AspNetCore.Connections;

namespace BlueEdge.Hosting.Connections;

/// <summary>Something that stands around each connection to the web server.</summary>
/// <param name="Around">Makes it of what it stands around.</param>
internal sealed record ConnectionStep(Func<ConnectionDelegate, ConnectionDelegate> Around);
