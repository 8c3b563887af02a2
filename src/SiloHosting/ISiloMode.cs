using BlueEdge.Hosting;
using Microsoft.AspNetCore.Builder;

namespace BlueEdge.SiloHosting;

/// <summary>Where a silo finds its cluster, its storage and its reminders, and what the process is besides a silo.</summary>
public interface ISiloMode : IAsyncDisposable
{
    /// <summary>What those who start the process are told of it.</summary>
    ProcessDescription Process { get; }

    /// <summary>Has the process use them; they need not answer yet.</summary>
    void Configure(WebApplicationBuilder builder, ISiloBuilder silo);

    /// <summary>Maps what the process serves in this mode.</summary>
    void Map(WebApplication app);
}
