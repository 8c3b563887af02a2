using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.SiloHosting.Dashboard;

namespace BlueEdge.SiloHosting;

/// <summary>Has a silo do what engines and callers need besides themselves.</summary>
public static class CoreHosting
{
    /// <summary>Adds sessions, their scheduler, and the dashboard. The mode provides the stores.</summary>
    public static ISiloBuilder AddCore(this ISiloBuilder silo) => silo.AddSessions().AddScheduling().AddSiloDashboard();
}
