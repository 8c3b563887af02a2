using BlueEdge.EngineHost.Engines;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Embedded.Modes;

/// <summary>No instance joins the one process: what its engines have is all there will ever be, whatever is configured.</summary>
internal sealed class EmbeddedCapacity(IEnumerable<EngineRegistration> engines) : IPostConfigureOptions<SessionLimits>
{
    public void PostConfigure(string? name, SessionLimits options)
    {
        foreach (var engine in engines)
        {
            options.EngineSlots[engine.Definition.Id] = engine.Definition.Slots;
        }
    }
}
