using BlueEdge.Placement;

[assembly: HostedBy(SiloRole.EngineHost)]
